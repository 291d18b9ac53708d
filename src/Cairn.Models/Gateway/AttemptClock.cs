namespace Cairn.Models;

/// <summary>Holds one attempt to its <see cref="TimeLimits"/> with one timer, and knows afterwards which of them ended it.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerToken;
    private readonly TimeLimits _limits;
    private readonly TimeProvider _time;
    private readonly TimeSpan _first;
    private readonly long _began;
    private long _set;
    private bool _moving;

    /// <param name="streams">A reply that is not streamed comes whole: until then only the limit for all of it counts.</param>
    public AttemptClock(TimeLimits limits, bool streams, TimeProvider time, CancellationToken caller)
    {
        (_limits, _time, _callerToken) = (limits, time, caller);
        _first = streams && limits.FirstToken < limits.Total ? limits.FirstToken : limits.Total;
        _began = time.GetTimestamp();
        _source = new CancellationTokenSource(_first, time);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Call at each sign of work; the time between tokens begins again.</summary>
    public void Progress()
    {
        // Setting a timer for every read would cost more than it says: a sixteenth of the limit is near enough.
        if (_moving && _time.GetElapsedTime(_set) < _limits.BetweenTokens / 16)
            return;
        _moving = true;
        _set = _time.GetTimestamp();
        var left = _limits.Total - _time.GetElapsedTime(_began);
        _source.CancelAfter(left < _limits.BetweenTokens ? left > TimeSpan.Zero ? left : TimeSpan.Zero : _limits.BetweenTokens);
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
        _source.Dispose();
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
