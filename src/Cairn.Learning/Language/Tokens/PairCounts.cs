namespace Cairn.Learning;

/// <summary>How often each pair of neighbours occurs in the words, kept up to date while pairs are merged.</summary>
internal sealed class PairCounts
{
    private readonly int[][] words;
    private readonly long[] weights;
    private readonly Dictionary<(int Left, int Right), long> counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> places = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> queue = new();

    internal PairCounts(List<(int[] Symbols, long Count)> counted)
    {
        words = [.. counted.Select(w => w.Symbols)];
        weights = [.. counted.Select(w => w.Count)];
        for (var word = 0; word < words.Length; word++)
        {
            for (var i = 0; i < words[word].Length - 1; i++)
                Change(word, words[word][i], words[word][i + 1], weights[word]);
        }
        foreach (var pair in counts.Keys)
            Offer(pair);
    }

    /// <summary>The most frequent pair that occurs at least twice; null when there is none.</summary>
    internal (int Left, int Right)? MostFrequent()
    {
        while (queue.TryDequeue(out var pair, out var offered))
        {
            // An old offer: the pair's count has changed since, and it was offered again then.
            if (counts.GetValueOrDefault(pair) == -offered.Count && -offered.Count >= 2)
                return pair;
        }
        return null;
    }

    internal void Merge(int left, int right, int merged)
    {
        if (!places.Remove((left, right), out var inWords))
            return;
        var touched = new HashSet<(int, int)>();
        foreach (var word in inWords)
        {
            var old = words[word];
            var result = new List<int>(old.Length);
            for (var i = 0; i < old.Length; i++)
            {
                if (i + 1 < old.Length && old[i] == left && old[i + 1] == right)
                {
                    result.Add(merged);
                    i++;
                }
                else
                {
                    result.Add(old[i]);
                }
            }
            if (result.Count == old.Length)
                continue;
            for (var i = 0; i < old.Length - 1; i++)
            {
                Change(word, old[i], old[i + 1], -weights[word]);
                touched.Add((old[i], old[i + 1]));
            }
            words[word] = [.. result];
            for (var i = 0; i < result.Count - 1; i++)
            {
                Change(word, result[i], result[i + 1], weights[word]);
                touched.Add((result[i], result[i + 1]));
            }
        }
        counts.Remove((left, right));
        foreach (var pair in touched)
            Offer(pair);
    }

    private void Change(int word, int left, int right, long by)
    {
        counts[(left, right)] = counts.GetValueOrDefault((left, right)) + by;
        if (by < 0)
            return;
        if (!places.TryGetValue((left, right), out var inWords))
            places[(left, right)] = inWords = [];
        inWords.Add(word);
    }

    private void Offer((int Left, int Right) pair)
    {
        if (counts.TryGetValue(pair, out var count) && count > 1)
            queue.Enqueue(pair, (-count, pair.Left, pair.Right));
    }
}
