namespace Cairn.Models;

/// <summary>Money set aside for one attempt. Exactly one of the two ends it; a second call does nothing.</summary>
public interface IReservation
{
    /// <summary>Books what the attempt used and gives back the rest.</summary>
    /// <returns>The cost in US dollars; null when the model has no known price.</returns>
    decimal? Settle(CallUsage usage);

    /// <summary>The attempt cost nothing: it never reached the model.</summary>
    void Release();
}
