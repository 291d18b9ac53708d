using System.Collections.Concurrent;

namespace Cairn.Models;

/// <summary>Counts of all calls since the process began.</summary>
internal sealed class GatewayMeter
{
    private long _calls;
    private long _active;
    private long _cacheHits;
    private long _similarHits;

    public long Calls => Interlocked.Read(ref _calls);

    public long Active => Interlocked.Read(ref _active);

    public long CacheHits => Interlocked.Read(ref _cacheHits);

    /// <summary>Those of <see cref="CacheHits"/> whose question was not equal but meant the same.</summary>
    public long SimilarHits => Interlocked.Read(ref _similarHits);

    /// <summary>By code.</summary>
    public ConcurrentDictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    public Histogram Duration { get; } = new();

    public AttemptMeters Attempts { get; } = new();

    /// <summary>By the name of a declared route; calls that named a model themselves under an empty one.</summary>
    public ConcurrentDictionary<string, RouteMeter> Routes { get; } = new(StringComparer.Ordinal);

    public void Began()
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _active);
    }

    public void Ended(CallRecord call)
    {
        Interlocked.Decrement(ref _active);
        Duration.Add(call.Took);
        if (call.CacheHit)
            Interlocked.Increment(ref _cacheHits);
        if (call.CacheDistance is not null)
            Interlocked.Increment(ref _similarHits);
        if (call.Error is { } error)
            Errors.AddOrUpdate(error, 1, static (_, n) => n + 1);
        if (call.Route is not null || call.Attempts.Count > 0)
            Routes.GetOrAdd(call.Route ?? "", static _ => new()).Add(call);
        foreach (var attempt in call.Attempts)
            Attempts.Add(call, attempt);
    }
}
