namespace Cairn.Learning;

/// <summary>How word vectors are made from counts of neighbours.</summary>
public sealed record CooccurrenceOptions
{
    public int Dimensions { get; init; } = 100;

    /// <summary>Words up to so far to either side are neighbours, weighted by one over the distance.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Neighbours' frequencies are raised to this power, so that rare ones weigh less (Levy, Goldberg and Dagan, 2015).</summary>
    public double Smoothing { get; init; } = 0.75;

    /// <summary>Singular values are raised to this power; 0 leaves all directions alike.</summary>
    public double SpectrumPower { get; init; } = 0.5;
}
