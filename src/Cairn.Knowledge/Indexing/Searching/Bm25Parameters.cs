namespace Cairn.Knowledge;

/// <summary>See <see cref="Bm25"/>; <see cref="LongSlope"/> is the slope beyond the mean length, relative to the one before it.</summary>
public sealed record Bm25Parameters(double K1, double B, double LongSlope)
{
    /// <summary>
    /// Chosen on the tuning halves of three public sets (docs/benchmarks.md): long paragraphs, single sentences, abstracts.
    /// </summary>
    public static Bm25Parameters Default { get; } = new(1.2, 0.9, 0.6);
}
