namespace Cairn.Models;

/// <summary>
/// A sum over the last minute, to the second: 61 slots, of which the running second is one, so that no 60 seconds, wherever they begin,
/// ever hold more than the sum allowed. Guarded by its gate.
/// </summary>
internal sealed class SlidingMinute
{
    private const int Slots = 61;

    private readonly long[] _slots = new long[Slots];
    private long _second = long.MinValue / 2;
    private long _sum;

    public long Sum(long second)
    {
        // A clock that was set back stays in the newest second that was seen.
        for (var gone = Math.Max(_second + 1, second - Slots + 1); gone <= second; gone++)
        {
            _sum -= _slots[gone % Slots];
            _slots[gone % Slots] = 0;
        }
        _second = Math.Max(_second, second);
        return _sum;
    }

    public void Add(long amount, long second)
    {
        Sum(second);
        _slots[_second % Slots] += amount;
        _sum += amount;
    }

    /// <summary>Corrects what was added in a second, if that is still in the minute.</summary>
    public void Correct(long difference, long added, long second)
    {
        Sum(second);
        if (_second - added >= Slots)
            return;
        _slots[added % Slots] += difference;
        _sum += difference;
    }
}
