namespace Cairn.Learning;

/// <summary>How k-means searches.</summary>
public sealed record KMeansOptions
{
    public int Clusters { get; init; } = 8;

    /// <summary>Searches from new starts; the one with the least inertia is kept.</summary>
    public int Restarts { get; init; } = 10;

    public int MaxIterations { get; init; } = 300;

    /// <summary>Ends when the centres' squared movement is below this share of the columns' mean variance.</summary>
    public double Tolerance { get; init; } = 1e-4;

    public long Seed { get; init; }
}
