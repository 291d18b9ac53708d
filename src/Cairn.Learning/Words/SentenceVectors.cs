using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Vectors of sentences from those of their words by smooth inverse frequency: a mean in which frequent words weigh little, less the
/// direction that all sentences share (Arora, Liang and Ma, "A simple but tough-to-beat baseline for sentence embeddings", 2017).
/// </summary>
public sealed class SentenceVectors
{
    private readonly WordVectors words;
    private readonly double smoothing;
    private readonly float[] common;

    private SentenceVectors(WordVectors words, double smoothing, float[] common)
    {
        this.words = words;
        this.smoothing = smoothing;
        this.common = common;
    }

    public int Dimensions => words.Dimensions;

    /// <summary>Learns the shared direction from sentences.</summary>
    /// <param name="smoothing">A word of this share of the text weighs one half.</param>
    public static SentenceVectors Fit(WordVectors words, IEnumerable<IReadOnlyList<string>> sentences, double smoothing = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothing);
        var size = words.Dimensions;
        var plain = new SentenceVectors(words, smoothing, new float[size]);
        // The first right singular vector of the sentences is the first eigenvector of the sum of outer products: no need to keep them.
        var products = NdArray.Zeros<double>(size, size);
        foreach (var sentence in sentences)
        {
            var vector = NdArray.Of<float>(plain.Vector(sentence)).To<double>();
            for (var row = 0; row < size; row++)
                Matrices.AddScaled(vector.Span, vector[row], products.Row(row));
        }
        var (_, vectors) = Linalg.EigenSymmetric(products);
        return new SentenceVectors(words, smoothing, vectors[.., ^1].To<float>().ToArray());
    }

    /// <summary>The vector of a sentence, not normalised; zeros where no word is known.</summary>
    public float[] Vector(IReadOnlyList<string> sentence)
    {
        var ids = words.Vocabulary.Ids(sentence);
        var sum = new float[Dimensions];
        foreach (var id in ids)
        {
            var share = (double)words.Vocabulary.Occurrences(id) / words.Vocabulary.Total;
            var weight = (float)(smoothing / (smoothing + share) / ids.Length);
            TensorPrimitives.MultiplyAdd(words.Vectors.Row(id), weight, sum, sum);
        }
        TensorPrimitives.MultiplyAdd(common, -TensorPrimitives.Dot<float>(sum, common), sum, sum);
        return sum;
    }
}
