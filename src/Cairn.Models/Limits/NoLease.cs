namespace Cairn.Models;

/// <summary>The place of a call that nothing limits.</summary>
internal sealed class NoLease : ICallLease
{
    public static NoLease Instance { get; } = new();

    public void Used(CallUsage usage)
    {
    }

    public void Refused(TimeSpan? retryAfter)
    {
    }

    public void Dispose()
    {
    }
}
