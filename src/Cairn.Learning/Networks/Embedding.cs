namespace Cairn.Learning;

/// <summary>A vector for each number from 0: rows of a table that begins normal.</summary>
public sealed class Embedding : Module
{
    public Embedding(int count, int width, Seeded random, float deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(random);
        Weight = Parameter("weight", random.Normal<float>(count, width) * deviation);
    }

    /// <summary>(count, width).</summary>
    public Tensor Weight { get; }

    public Tensor Forward(NdArray<int> positions) => Weight.Rows(positions);
}
