namespace Cairn.Learning;

/// <summary>How nearest neighbours decide.</summary>
public sealed record NeighbourOptions
{
    /// <summary>How many neighbours decide; of equally distant ones those that come first in training.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Whether a neighbour counts by 1 over its distance; those at distance 0 then decide alone.</summary>
    public bool ByDistance { get; init; }
}
