namespace Cairn.Models;

/// <summary>A call that waits for a place.</summary>
internal sealed class WaitingCall(string caller, LimitMeter[] meters, ProviderPace? pace, CallUsage expected, DateTimeOffset deadline)
{
    public string Caller => caller;

    public LimitMeter[] Meters => meters;

    public ProviderPace? Pace => pace;

    public CallUsage Expected => expected;

    public DateTimeOffset Deadline => deadline;

    public TaskCompletionSource<ICallLease> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationTokenRegistration Cancelled { get; set; }
}
