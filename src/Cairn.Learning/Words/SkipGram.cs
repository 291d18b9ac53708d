using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Word vectors by prediction: each word tells its neighbours from random words (Mikolov et al., "Distributed representations of words and
/// phrases and their compositionality", 2013). One thread, so that a seed gives one result.
/// </summary>
public static class SkipGram
{
    private const int NoiseTable = 1 << 20;

    public static WordVectors Train(
        IReadOnlyList<IReadOnlyList<string>> sentences,
        long seed,
        SkipGramOptions? options = null,
        Vocabulary? vocabulary = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        options ??= new SkipGramOptions();
        vocabulary ??= Vocabulary.Of(sentences);
        var random = new Seeded(seed);
        var size = options.Dimensions;
        var inner = random.Uniform(-0.5f / size, 0.5f / size, vocabulary.Count, size);
        var outer = NdArray.Zeros<float>(vocabulary.Count, size);
        var noise = Noise(vocabulary);
        var keep = Keep(vocabulary, options.Subsample);
        var texts = sentences.Select(vocabulary.Ids).ToArray();
        var total = texts.Sum(t => (long)t.Length) * options.Epochs;
        var (done, read) = (0L, 0);
        var step = new float[size];
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            foreach (var text in texts)
            {
                cancellation.ThrowIfCancellationRequested();
                var rate = options.LearningRate * Math.Max(1e-4f, 1 - ((float)done / (total + 1)));
                done += text.Length;
                Sentence([.. text.Where(id => random.Uniform() < keep[id])], rate);
                read++;
            }
        }
        return new WordVectors(vocabulary, inner);

        void Sentence(int[] ids, float rate)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                var reach = 1 + random.Integer(options.Window);
                for (var j = Math.Max(0, i - reach); j <= Math.Min(ids.Length - 1, i + reach); j++)
                {
                    if (j != i)
                        Pair(ids[i], ids[j], rate);
                }
            }
        }

        void Pair(int word, int neighbour, float rate)
        {
            var vector = inner.Row(word);
            Array.Clear(step);
            for (var k = 0; k <= options.Negatives; k++)
            {
                var other = k == 0 ? neighbour : noise[random.Integer(noise.Length)];
                if (k > 0 && other == neighbour)
                    continue;
                var target = outer.Row(other);
                var score = TensorPrimitives.Dot<float>(vector, target);
                if (!float.IsFinite(score))
                    throw new DivergenceException(read, "the vectors of two words have no finite product");
                var change = rate * ((k == 0 ? 1 : 0) - (1 / (1 + MathF.Exp(-score))));
                TensorPrimitives.MultiplyAdd(target, change, step, step);
                TensorPrimitives.MultiplyAdd(vector, change, target, target);
            }
            TensorPrimitives.Add(vector, step, vector);
        }
    }

    /// <summary>Words in proportion to their frequency to the power of 0.75.</summary>
    private static int[] Noise(Vocabulary vocabulary)
    {
        var total = Enumerable.Range(0, vocabulary.Count).Sum(id => Math.Pow(vocabulary.Occurrences(id), 0.75));
        var table = new int[Math.Max(NoiseTable, vocabulary.Count)];
        var (id, upTo) = (0, Math.Pow(vocabulary.Occurrences(0), 0.75) / total);
        for (var i = 0; i < table.Length; i++)
        {
            while ((i + 0.5) / table.Length > upTo && id < vocabulary.Count - 1)
                upTo += Math.Pow(vocabulary.Occurrences(++id), 0.75) / total;
            table[i] = id;
        }
        return table;
    }

    private static double[] Keep(Vocabulary vocabulary, double subsample)
    {
        var keep = new double[vocabulary.Count];
        for (var id = 0; id < keep.Length; id++)
        {
            var share = (double)vocabulary.Occurrences(id) / vocabulary.Total;
            keep[id] = subsample <= 0 ? 1 : Math.Sqrt(subsample / share) + (subsample / share);
        }
        return keep;
    }
}
