namespace Cairn.Models;

/// <summary>
/// How much to lease at once: doubled when the last tranche lasted less than ten seconds, halved when it lasted more than a minute, and
/// never more than a twentieth of the budget, which bounds what a crash forfeits. Not safe for two threads.
/// </summary>
internal sealed class TrancheSize(long limit)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private long _size = limit / 200;
    private DateTimeOffset? _last;

    public long Next(DateTimeOffset now)
    {
        if (_last is { } last)
            _size = now - last < Short ? Math.Min(_size * 2, limit / 20) : now - last > Long ? Math.Max(_size / 2, limit / 2000) : _size;
        _last = now;
        return _size;
    }
}
