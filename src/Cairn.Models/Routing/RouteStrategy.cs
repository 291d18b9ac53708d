namespace Cairn.Models;

/// <summary>Which model of a route is tried first. Models that rest come last, whatever the strategy.</summary>
public enum RouteStrategy
{
    /// <summary>As written.</summary>
    Ordered,

    /// <summary>By chance, in proportion to the weights.</summary>
    Weighted,

    /// <summary>The quickest to its first byte of late; one call in twenty measures another.</summary>
    Latency,

    /// <summary>The cheapest for this call by the catalogue's prices; unknown prices last.</summary>
    Cost,
}
