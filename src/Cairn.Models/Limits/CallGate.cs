namespace Cairn.Models;

/// <summary>
/// One side of the limits, the callers' or the providers': lets calls in, or makes them wait in a bounded, fair queue until their deadline.
/// </summary>
internal sealed class CallGate : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly FairQueue _queue = new();
    private readonly string _code;
    private readonly LimitsDeclaration _declaration;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _ticks;

    public CallGate(string code, LimitsDeclaration declaration, TimeProvider time)
    {
        (_code, _declaration, _time) = (code, declaration, time);
        _timer = time.CreateTimer(_ => OnTick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Lock Lock { get; } = new();

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Of a clock that is never set back.</summary>
    public long Second => _time.GetTimestamp() / _time.TimestampFrequency;

    public int Waiting
    {
        get
        {
            lock (Lock)
                return _queue.Count;
        }
    }

    public ValueTask<ICallLease> EnterAsync(
        string caller, LimitMeter[] meters, ProviderPace? pace, CallUsage expected, CancellationToken cancellationToken)
    {
        WaitingCall waiting;
        lock (Lock)
        {
            foreach (var meter in meters)
                meter.Wanted(expected);
            if (_queue.Count == 0 && TryEnter(meters, pace, expected, null) is { } place)
                return new(place);
            var now = Now;
            if (pace is not null && pace.PausedUntil > now + _declaration.Wait)
                throw new LimitException(_code, $"The provider asked to be left alone until {pace.PausedUntil:HH:mm:ss} UTC.",
                    pace.PausedUntil - now);
            if (_queue.Count >= _declaration.QueueLength)
                throw new LimitException(_code, $"{Described(meters)} is reached and {_declaration.QueueLength} calls wait for it already.",
                    _declaration.Wait);
            waiting = new(caller, meters, pace, expected, now + _declaration.Wait);
            _queue.Add(waiting);
            Drain();
            StartTicking();
        }
        if (!waiting.Place.Task.IsCompleted && cancellationToken.CanBeCanceled)
            waiting.Cancelled = cancellationToken.Register(() => Leave(waiting, cancellationToken));
        return new(waiting.Place.Task);
    }

    /// <summary>Lets in who fits now; with the lock held.</summary>
    public void Drain()
    {
        if (_queue.Count == 0)
            return;
        _queue.Drain((call, lacking) =>
        {
            if (TryEnter(call.Meters, call.Pace, call.Expected, lacking) is not { } place)
                return false;
            call.Cancelled.Unregister();
            call.Place.SetResult(place);
            return true;
        });
    }

    public void Dispose() => _timer.Dispose();

    private CallLease? TryEnter(LimitMeter[] meters, ProviderPace? pace, CallUsage expected, HashSet<object>? lacking)
    {
        var second = Second;
        var fits = true;
        foreach (var meter in meters)
        {
            if (meter.Fits(expected, second) && lacking?.Contains(meter) != true)
                continue;
            fits = false;
            lacking?.Add(meter);
        }
        if (pace is not null && (!pace.Fits(Now) || lacking?.Contains(pace) == true))
        {
            fits = false;
            lacking?.Add(pace);
        }
        if (!fits)
            return null;
        foreach (var meter in meters)
            meter.Enter(expected, second);
        pace?.Enter();
        return new(this, meters, pace, expected, second);
    }

    private void Leave(WaitingCall call, CancellationToken cancellationToken)
    {
        lock (Lock)
        {
            if (!_queue.Remove(call))
                return;
            Drain();
        }
        call.Place.TrySetCanceled(cancellationToken);
    }

    private void StartTicking()
    {
        if (_ticks || _queue.Count == 0)
            return;
        _ticks = true;
        _timer.Change(Tick, Tick);
    }

    private void OnTick()
    {
        List<WaitingCall> late;
        lock (Lock)
        {
            Drain();
            var now = Now;
            late = [.. _queue.All().Where(c => c.Deadline <= now)];
            late.ForEach(c => _queue.Remove(c));
            if (late.Count > 0)
                Drain();
            if (_queue.Count == 0)
            {
                _ticks = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        foreach (var call in late)
        {
            call.Cancelled.Unregister();
            call.Place.TrySetException(new LimitException(_code,
                FormattableString.Invariant(
                    $"{Described(call.Meters)} is reached and no place became free within {_declaration.Wait.TotalSeconds:0.#} s."),
                    _declaration.Wait));
        }
    }

    private static string Described(LimitMeter[] meters)
        => meters.Length == 0 ? "The pace of the provider" : "The limit of " + string.Join(" or ", meters.Select(m => m.Name));
}
