namespace Cairn.Models;

/// <summary>
/// Remembers failures of one model or provider: after three in a row it rests for 30 seconds, then a single call tries it again
/// (half-open); that call's end opens or closes it. What a provider asks to wait (429 with <c>Retry-After</c>) is kept too. Counts
/// timestamps, so that a clock set back or forth changes nothing.
/// </summary>
internal sealed class Circuit(TimeProvider time)
{
    private const int FailuresToRest = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _failures;
    private long _until;
    private volatile bool _disturbed;
    private bool _trying;

    /// <summary>How long it still rests; null when it may be called. Saying yes after a rest counts as the one try.</summary>
    public TimeSpan? Enter()
    {
        if (!_disturbed)
            return null;
        lock (_lock)
        {
            if (Left is { } left)
                return left;
            if (_failures >= FailuresToRest)
                (_until, _trying) = (After(Rest), true);
            return null;
        }
    }

    /// <summary>As <see cref="Enter"/>, without entering.</summary>
    public TimeSpan? RestLeft
    {
        get
        {
            if (!_disturbed)
                return null;
            lock (_lock)
                return Left;
        }
    }

    public void Succeeded()
    {
        if (!_disturbed)
            return;
        lock (_lock)
        {
            (_failures, _until, _trying) = (0, 0, false);
            _disturbed = false;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            (_disturbed, _trying) = (true, false);
            if (++_failures >= FailuresToRest)
                _until = Math.Max(_until, After(Rest));
        }
    }

    /// <summary>A call ended without telling anything. While one tries, the next may try; a rest that nobody tries stays.</summary>
    public void Abandoned()
    {
        if (!_disturbed)
            return;
        lock (_lock)
        {
            if (_trying)
                (_until, _trying) = (time.GetTimestamp(), false);
        }
    }

    /// <summary>The provider asked to wait.</summary>
    public void RestFor(TimeSpan wait)
    {
        lock (_lock)
        {
            (_disturbed, _trying) = (true, false);
            _until = Math.Max(_until, After(wait));
        }
    }

    private TimeSpan? Left => _until != 0 && time.GetTimestamp() is var now && now < _until ? time.GetElapsedTime(now, _until) : null;

    private long After(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
