namespace Cairn.Models;

/// <summary>The calls of one route since the process began.</summary>
internal sealed class RouteMeter
{
    private long _asked;
    private long _hits;
    private long _similar;
    private long _fallbacks;

    /// <summary>By where the reply came from, as <see cref="CallRecord.CacheState"/> says it.</summary>
    public IEnumerable<(string Cache, long Calls)> Calls
        => [("none", Interlocked.Read(ref _asked)), ("hit", Interlocked.Read(ref _hits)), ("similar", Interlocked.Read(ref _similar))];

    /// <summary>Attempts beyond a call's first.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    public void Add(CallRecord call)
    {
        Interlocked.Increment(ref call.CacheDistance is not null ? ref _similar : ref call.CacheHit ? ref _hits : ref _asked);
        if (call.Fallbacks is > 0 and var more)
            Interlocked.Add(ref _fallbacks, more);
    }
}
