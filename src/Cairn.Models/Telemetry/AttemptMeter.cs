using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>What attempts of one kind came to since the process began.</summary>
internal sealed class AttemptMeter
{
    /// <summary>
    /// A price per million tokens goes to a ten-thousandth of a cent and below: sums are whole millionths of a millionth of a dollar.
    /// </summary>
    private const decimal PartsOfADollar = 1_000_000_000_000;

    private long _attempts;
    private long _cost;

    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>US dollars, where prices are known.</summary>
    public decimal Cost => Interlocked.Read(ref _cost) / PartsOfADollar;

    public Histogram Duration { get; } = new();

    public Histogram FirstChunk { get; } = new();

    public Histogram InputTokens { get; } = Histogram.OfTokens();

    public Histogram OutputTokens { get; } = Histogram.OfTokens();

    /// <summary>By code; attempts that were given up because another was quicker, or the caller had left, are no failures.</summary>
    public ConcurrentDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    public void Add(AttemptRecord attempt)
    {
        Interlocked.Increment(ref _attempts);
        Duration.Add(attempt.Took);
        if (attempt.FirstByte is { } first)
            FirstChunk.Add(first);
        if (attempt.Usage != default)
        {
            InputTokens.Add(attempt.Usage.Input);
            OutputTokens.Add(attempt.Usage.Output);
        }
        if (attempt.Cost is { } cost)
            Interlocked.Add(ref _cost, (long)(cost * PartsOfADollar));
        if (attempt.Error is { } error and not "cancelled")
            Failures.AddOrUpdate(error, 1, static (_, n) => n + 1);
    }
}
