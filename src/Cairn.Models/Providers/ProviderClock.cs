namespace Cairn.Models;

/// <summary>Holds a call to its <see cref="TimeLimits"/>, and knows afterwards which of them ended it.</summary>
internal sealed class ProviderClock : IDisposable
{
    private readonly CancellationTokenSource _phase;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _all;
    private readonly TimeLimits _limits;
    private bool _began;

    public ProviderClock(TimeLimits limits, TimeProvider time, CancellationToken caller)
    {
        _limits = limits;
        _phase = new(limits.FirstToken, time);
        _total = new(limits.Total, time);
        _all = CancellationTokenSource.CreateLinkedTokenSource(caller, _phase.Token, _total.Token);
    }

    public CancellationToken Token => _all.Token;

    /// <summary>Call at each sign of work; the time between tokens begins again.</summary>
    public void Progress()
    {
        _began = true;
        _phase.CancelAfter(_limits.BetweenTokens);
    }

    /// <summary>What ended the call, for people; null when no limit did.</summary>
    public string? Reason
        => _total.IsCancellationRequested ? $"no whole answer within {Seconds(_limits.Total)}"
            : !_phase.IsCancellationRequested ? null
            : _began ? $"silent for {Seconds(_limits.BetweenTokens)} in the middle of the answer"
            : $"no answer within {Seconds(_limits.FirstToken)}";

    public void Dispose()
    {
        _all.Dispose();
        _phase.Dispose();
        _total.Dispose();
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
