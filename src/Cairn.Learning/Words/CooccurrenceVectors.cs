using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>
/// Word vectors by counting: positive pointwise mutual information of words and their neighbours, and its largest singular vectors (Levy,
/// Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings", 2015). Memory grows with the number
/// of different pairs.
/// </summary>
public static class CooccurrenceVectors
{
    /// <summary>Reads the sentences twice: once for the vocabulary (unless given), once for the pairs.</summary>
    public static WordVectors Train(
        IEnumerable<IReadOnlyList<string>> sentences,
        long seed,
        CooccurrenceOptions? options = null,
        Vocabulary? vocabulary = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        options ??= new CooccurrenceOptions();
        vocabulary ??= Vocabulary.Of(sentences);
        var counts = Count(sentences, vocabulary, options.Window, cancellation);
        var map = Informative(counts, vocabulary.Count, options.Smoothing);
        cancellation.ThrowIfCancellationRequested();
        var rank = Math.Min(options.Dimensions, vocabulary.Count);
        var (u, values, _) = TruncatedSvd.Of(map, rank, new Seeded(seed));
        return new WordVectors(vocabulary, u * NdMath.Pow(values, (float)options.SpectrumPower));
    }

    private static Dictionary<long, float> Count(
        IEnumerable<IReadOnlyList<string>> sentences, Vocabulary vocabulary, int window, CancellationToken cancellation)
    {
        var counts = new Dictionary<long, float>();
        foreach (var sentence in sentences)
        {
            cancellation.ThrowIfCancellationRequested();
            var ids = vocabulary.Ids(sentence);
            for (var i = 0; i < ids.Length; i++)
            {
                for (var distance = 1; distance <= window && i + distance < ids.Length; distance++)
                {
                    Add(ids[i], ids[i + distance], 1f / distance);
                    Add(ids[i + distance], ids[i], 1f / distance);
                }
            }
        }
        return counts;

        void Add(int word, int neighbour, float weight)
            => CollectionsMarshal.GetValueRefOrAddDefault(counts, ((long)word << 32) | (uint)neighbour, out _) += weight;
    }

    /// <summary>max(0, log(p(word, neighbour) / (p(word) p'(neighbour)))), where p' is smoothed.</summary>
    private static SparseCounts Informative(Dictionary<long, float> counts, int words, double smoothing)
    {
        var byWord = new double[words];
        foreach (var (pair, count) in counts)
            byWord[pair >> 32] += count;
        var smoothed = byWord.Select(c => Math.Pow(c, smoothing)).ToArray();
        var smoothedTotal = smoothed.Sum();
        var entries = new List<(int, int, float)>(counts.Count);
        foreach (var (pair, count) in counts)
        {
            var (word, neighbour) = ((int)(pair >> 32), (int)(pair & 0xFFFFFFFF));
            var information = Math.Log(count * smoothedTotal / (byWord[word] * smoothed[neighbour]));
            if (information > 0)
                entries.Add((word, neighbour, (float)information));
        }
        return SparseCounts.Of(words, words, entries);
    }
}
