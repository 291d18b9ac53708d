using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>A vector for each word of a vocabulary; close directions mean close use.</summary>
public sealed class WordVectors
{
    private readonly NdArray<float> unit;

    /// <param name="vocabulary">The words.</param>
    /// <param name="vectors">(words, dimensions), row by row in the vocabulary's order.</param>
    public WordVectors(Vocabulary vocabulary, NdArray<float> vectors)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Rank != 2 || vectors.Shape[0] != vocabulary.Count)
            throw new ShapeException("word vectors", $"shape {vectors.Shape} has not one row for each of {vocabulary.Count} words");
        Vocabulary = vocabulary;
        Vectors = vectors.ToContiguous();
        unit = vectors.Copy();
        for (var row = 0; row < vocabulary.Count; row++)
            Normalise(unit.Row(row));
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>(words, dimensions).</summary>
    public NdArray<float> Vectors { get; }

    public int Dimensions => Vectors.Shape[1];

    /// <summary>The word's vector.</summary>
    /// <exception cref="KeyNotFoundException">The word is not in the vocabulary.</exception>
    public ReadOnlySpan<float> this[string word] => Vectors.Row(Known(word));

    /// <summary>The cosine of the angle between two words' vectors.</summary>
    public float Similarity(string first, string second) => TensorPrimitives.Dot<float>(unit.Row(Known(first)), unit.Row(Known(second)));

    /// <summary>The words closest in direction to a word, itself left out.</summary>
    public IReadOnlyList<(string Word, float Similarity)> Nearest(string word, int count = 10)
    {
        var id = Known(word);
        return Nearest(unit.Row(id), count, [id]);
    }

    /// <summary>The words closest in direction to a vector.</summary>
    public IReadOnlyList<(string Word, float Similarity)> Nearest(ReadOnlySpan<float> vector, int count = 10) => Nearest(vector, count, []);

    /// <summary>
    /// What is to <paramref name="third"/> as <paramref name="second"/> is to <paramref name="first"/>: man, king, woman gives queen. Unit
    /// vectors are added and the three words left out (Mikolov et al., 2013).
    /// </summary>
    public IReadOnlyList<(string Word, float Similarity)> Analogy(string first, string second, string third, int count = 10)
    {
        int[] given = [Known(first), Known(second), Known(third)];
        var target = new float[Dimensions];
        TensorPrimitives.Subtract(unit.Row(given[1]), unit.Row(given[0]), target);
        TensorPrimitives.Add(target, unit.Row(given[2]), target);
        return Nearest(target, count, given);
    }

    private List<(string Word, float Similarity)> Nearest(ReadOnlySpan<float> vector, int count, int[] without)
    {
        if (vector.Length != Dimensions)
            throw new ShapeException("nearest", $"a vector of {vector.Length} numbers was given for word vectors of {Dimensions}");
        var target = vector.ToArray();
        Normalise(target);
        var scores = unit.MatMul(NdArray<float>.Over(target, Dimensions)).Span;
        var best = new PriorityQueue<int, (float Score, int Id)>();
        for (var id = 0; id < scores.Length; id++)
        {
            if (without.Contains(id))
                continue;
            best.Enqueue(id, (scores[id], -id));
            if (best.Count > count)
                best.Dequeue();
        }
        var result = new List<(string, float)>(best.Count);
        while (best.TryDequeue(out var id, out var rank))
            result.Add((Vocabulary.Word(id), rank.Score));
        result.Reverse();
        return result;
    }

    private int Known(string word)
    {
        var id = Vocabulary.Id(word);
        return id >= 0 ? id : throw new KeyNotFoundException($"'{word}' is not among the {Vocabulary.Count} words of the vocabulary.");
    }

    private static void Normalise(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
    }
}
