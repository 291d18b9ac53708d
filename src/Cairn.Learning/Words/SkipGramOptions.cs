namespace Cairn.Learning;

/// <summary>How skip-gram vectors are trained; the defaults are word2vec's.</summary>
public sealed record SkipGramOptions
{
    public int Dimensions { get; init; } = 100;

    /// <summary>For each word a window of 1 to this many neighbours to either side is drawn.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Random words that each true neighbour is told from.</summary>
    public int Negatives { get; init; } = 5;

    public int Epochs { get; init; } = 5;

    /// <summary>Falls linearly to a ten-thousandth of itself.</summary>
    public float LearningRate { get; init; } = 0.025f;

    /// <summary>Words more frequent than this share are left out at random; 0 keeps all.</summary>
    public double Subsample { get; init; } = 1e-3;
}
