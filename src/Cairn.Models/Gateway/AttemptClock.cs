namespace Cairn.Models;

/// <summary>
/// Holds one attempt to its <see cref="TimeLimits"/> with one timer, and knows afterwards which of them ended it. While the caller takes
/// its time to read what is there, the clock is paused: nobody is silent then. The limit for all of the answer goes on.
/// </summary>
internal sealed class AttemptClock : IDisposable
{
    private const int Running = 0;
    private const int Paused = 1;
    private const int DueWhilePaused = 2;

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerToken;
    private readonly TimeLimits _limits;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly TimeSpan _first;
    private readonly long _began;
    private long _asked;
    private long _set;
    private long _paused;
    private long _waited;
    private bool _moving;
    private int _state;

    /// <param name="streams">A reply that is not streamed comes whole: until then only the limit for all of it counts.</param>
    public AttemptClock(TimeLimits limits, bool streams, TimeProvider time, CancellationToken caller)
    {
        (_limits, _time, _callerToken) = (limits, time, caller);
        _first = streams && limits.FirstToken < limits.Total ? limits.FirstToken : limits.Total;
        _began = _asked = time.GetTimestamp();
        _timer = time.CreateTimer(static clock => ((AttemptClock)clock!).OnTimer(), this, _first, Timeout.InfiniteTimeSpan);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The time for all of the answer is over, and the caller took half of it or more.</summary>
    public bool CallerWasSlow => Elapsed >= _limits.Total && Waited >= Elapsed / 2;

    /// <summary>Call at each sign of work; the time between tokens begins again.</summary>
    public void Progress()
    {
        // Setting a timer for every read would cost more than it says: a sixteenth of the limit is near enough.
        if (_moving && _time.GetElapsedTime(_set) < Slack)
            return;
        _moving = true;
        _set = _time.GetTimestamp();
        Arm();
    }

    /// <summary>
    /// The model is asked once more within the attempt: there is again a time to the first token, within the time for all.
    /// </summary>
    public void AskAgain()
    {
        _moving = false;
        // As if the caller had taken no time before.
        _asked = _time.GetTimestamp() - _waited;
        Arm();
    }

    /// <summary>The caller's turn: from here to <see cref="Resume"/> nobody waits for the provider.</summary>
    public void Pause()
    {
        _paused = _time.GetTimestamp();
        Volatile.Write(ref _state, Paused);
    }

    public void Resume()
    {
        var waited = _time.GetTimestamp() - _paused;
        (_set, _waited) = (_set + waited, _waited + waited);
        if (Interlocked.Exchange(ref _state, Running) == DueWhilePaused || _time.GetElapsedTime(0, waited) >= Slack)
            Arm();
    }

    /// <summary>Which limit ended the attempt, for people; null when none did.</summary>
    public string? Reason
        => !_source.IsCancellationRequested || _callerToken.IsCancellationRequested ? null
            : Elapsed >= _limits.Total ? $"no whole answer within {Seconds(_limits.Total)}"
            : _moving ? $"silent for {Seconds(_limits.BetweenTokens)} in the middle of the answer"
            : $"no answer within {Seconds(_first)}";

    public void Dispose()
    {
        _caller.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>The caller's part of <see cref="Elapsed"/>.</summary>
    private TimeSpan Waited => _time.GetElapsedTime(0, _waited);

    private TimeSpan Slack => _limits.BetweenTokens / 16;

    private void Arm()
    {
        var left = _limits.Total - Elapsed;
        // To the first token, and between two, the caller's time does not count.
        var phase = _moving ? _limits.BetweenTokens - _time.GetElapsedTime(_set) : _first - (_time.GetElapsedTime(_asked) - Waited);
        Set(left < phase ? left : phase);
    }

    private void Set(TimeSpan left) => _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private void OnTimer()
    {
        if (Elapsed < _limits.Total && Interlocked.CompareExchange(ref _state, DueWhilePaused, Paused) != Running)
        {
            Set(_limits.Total - Elapsed);
            return;
        }
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in the same moment.
        }
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
