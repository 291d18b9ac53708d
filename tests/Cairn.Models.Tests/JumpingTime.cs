using Cairn.Testing;

namespace Cairn.Models.Tests;

/// <summary>The time of day jumps; timestamps and timers do not.</summary>
internal sealed class JumpingTime : TimeProvider
{
    public ManualTime Steady { get; } = new();

    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => Steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Steady.GetUtcNow() + Jump;

    public override long GetTimestamp() => Steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => Steady.CreateTimer(callback, state, dueTime, period);
}
