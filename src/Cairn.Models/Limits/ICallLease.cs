namespace Cairn.Models;

/// <summary>A place in a limit; disposing gives the place back.</summary>
public interface ICallLease : IDisposable
{
    /// <summary>Corrects the expected tokens by the real ones.</summary>
    void Used(CallUsage usage);

    /// <summary>The provider said that this was too much; null when it named no time.</summary>
    void Refused(TimeSpan? retryAfter);
}
