using System.Text.Json;

namespace Cairn.Models;

/// <summary>One model as the gateway knows it while it runs: how to call it, how it does, how quick it is.</summary>
internal sealed class Target(ModelName name, Circuit provider, TimeLimits limits, IUpstreams upstreams, TimeProvider time)
{
    private const double NewShare = .2;

    private double _firstByte;
    private volatile string? _doubt = "not tried yet";

    public ModelName Name { get; } = name;

    public string Text { get; } = name.ToString();

    /// <summary>Another one when its provider was declared anew.</summary>
    public long Number { get; init; }

    /// <summary>The model's own name as JSON: what stands in a body that goes to it.</summary>
    public ReadOnlyMemory<byte> NameJson { get; } = JsonEncodedText.Encode(name.Model) is var text
        ? (byte[])[(byte)'"', .. text.EncodedUtf8Bytes, (byte)'"']
        : default;

    public TimeLimits Limits { get; } = limits;

    public ModelMeter Meter { get; } = new();

    private Circuit Circuit { get; } = new(time);

    /// <summary>Seconds to the first byte, newer calls weighing more; 0 while never measured.</summary>
    public double FirstByteSeconds => Volatile.Read(ref _firstByte);

    /// <summary>
    /// Why nobody knows that it answers, for people: it was never asked, or its newest failure. null from its next success on.
    /// </summary>
    public string? Doubt => _doubt;

    public TimeSpan? RestLeft => Longer(provider.RestLeft, Circuit.RestLeft);

    /// <exception cref="ProviderFailureException"><c>provider.missing</c>.</exception>
    public IUpstream Open() => upstreams.Open(Name);

    /// <exception cref="ProviderFailureException"><c>provider.resting</c>.</exception>
    public void Enter()
    {
        var rests = provider.Enter();
        if (rests is null)
        {
            rests = Circuit.Enter();
            // Whoever is sent away here does not make the one call that tries the provider.
            if (rests is not null)
                provider.Abandoned();
        }
        if (rests is { } rest)
        {
            throw new ProviderFailureException("provider.resting", Text,
                FormattableString.Invariant($"failed several times in a row and is tried again in {Math.Ceiling(rest.TotalSeconds):0} s"),
                "Mend the provider; `cairn doctor` checks it.")
            { RetryAfter = rest };
        }
    }

    public void Answered(TimeSpan firstByte)
    {
        // A lost update costs one measurement.
        var seen = FirstByteSeconds;
        Volatile.Write(ref _firstByte, seen == 0 ? firstByte.TotalSeconds : seen + (NewShare * (firstByte.TotalSeconds - seen)));
    }

    public void Succeeded()
    {
        if (_doubt is not null)
            _doubt = null;
        provider.Succeeded();
        Circuit.Succeeded();
    }

    public void Abandoned()
    {
        provider.Abandoned();
        Circuit.Abandoned();
    }

    public void Failed(CairnException failure)
    {
        switch (failure)
        {
            // Not the model's health: the call itself is wrong, what the model wrote is, or nothing was tried.
            case not ProviderFailureException:
            case { Code: "provider.missing" or "provider.resting" or "provider.refused" or "provider.unsupported" or "provider.context" }:
                Abandoned();
                // Nor does it take anything from a model that has answered.
                if (_doubt is not null)
                    _doubt = Told(failure);
                return;
            case { Code: "provider.unreachable" }:
                provider.Failed();
                break;
            // Whatever it says, it was reached.
            case ProviderFailureException { Status: not null }:
                provider.Succeeded();
                break;
            default:
                provider.Abandoned();
                break;
        }
        _doubt = Told(failure);
        if (failure is ProviderFailureException { Code: "provider.limited", RetryAfter: { } wait })
            Circuit.RestFor(wait < Longest ? wait : Longest);
        else
            Circuit.Failed();
    }

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static string Told(CairnException failure) => $"the last call failed: {failure.Message}";

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;
}
