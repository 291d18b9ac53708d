using System.Diagnostics;

namespace Cairn.Testing;

/// <summary>
/// Time that moves only when a test says so. Timers that fall due fire in order, on the thread that calls <see cref="Advance"/>.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait; a test can await a component that is about to sleep with <see cref="UntilTimersAsync"/>.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
                return _timers.Count(t => t.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = end;
    }

    /// <summary>Returns when at least <paramref name="count"/> timers wait: whoever was to sleep on this time now does.</summary>
    public Task UntilTimersAsync(int count = 1) => UntilAsync(() => Timers >= count, () => $"{Timers} timers, {count} expected");

    /// <summary>
    /// Returns when a timer waits that falls due within a time: whoever was to sleep no longer than that now does. Longer limits, which may
    /// be armed at any moment, are not taken for it.
    /// </summary>
    public Task UntilDueAsync(TimeSpan within)
    {
        return UntilAsync(IsDue, () => $"no timer within {within}");

        bool IsDue()
        {
            lock (_lock)
                return _timers.Exists(t => t.Due <= _now + within);
        }
    }

    private static async Task UntilAsync(Func<bool> holds, Func<string> state)
    {
        var giveUp = Stopwatch.StartNew();
        while (!holds())
        {
            if (giveUp.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"Nobody waits on the manual time: {state()}.");
            await Task.Yield();
        }
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is { Due: { } due })
            {
                _now = due > _now ? due : _now;
                next.Schedule();
            }
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            }
            if (dueTime == TimeSpan.Zero)
                time.Advance(TimeSpan.Zero);
            return true;
        }

        /// <summary>Sets the next due time; called with the lock held, before <see cref="Fire"/>.</summary>
        public void Schedule() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
