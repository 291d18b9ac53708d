namespace Cairn.Learning;

/// <summary>Byte-pair encoding of one word: the pair that was learned first is merged first, until no pair is known.</summary>
internal sealed class PairMerges
{
    // Up to this many symbols a scan for the best pair is faster than a queue.
    private const int ScanUpTo = 48;
    private readonly Dictionary<long, (int Rank, int Merged)> merges;

    internal PairMerges(IEnumerable<(int Left, int Right, int Merged)> inOrder)
    {
        merges = [];
        var rank = 0;
        foreach (var (left, right, merged) in inOrder)
            merges.TryAdd(Key(left, right), (rank++, merged));
    }

    internal int Count => merges.Count;

    /// <summary>The pairs in the order in which they were learned.</summary>
    internal IEnumerable<(int Left, int Right)> InOrder
        => merges.OrderBy(m => m.Value.Rank).Select(m => ((int)(m.Key >> 32), (int)(m.Key & 0xFFFFFFFF)));

    /// <summary>Merges the symbols in place and returns how many are left.</summary>
    internal int Merge(Span<int> symbols) => symbols.Length <= ScanUpTo ? Scan(symbols) : Queue(symbols);

    private int Scan(Span<int> symbols)
    {
        var count = symbols.Length;
        while (count > 1)
        {
            var (best, at, merged) = (int.MaxValue, -1, 0);
            for (var i = 0; i < count - 1; i++)
            {
                if (merges.TryGetValue(Key(symbols[i], symbols[i + 1]), out var merge) && merge.Rank < best)
                    (best, at, merged) = (merge.Rank, i, merge.Merged);
            }
            if (at < 0)
                break;
            symbols[at] = merged;
            symbols[(at + 2)..count].CopyTo(symbols[(at + 1)..]);
            count--;
        }
        return count;
    }

    /// <summary>A linked list and a queue of pairs: a word of a million letters costs n log n, not n squared.</summary>
    private int Queue(Span<int> symbols)
    {
        var next = new int[symbols.Length];
        var previous = new int[symbols.Length];
        var queue = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>();
        for (var i = 0; i < symbols.Length; i++)
            (next[i], previous[i]) = (i + 1, i - 1);
        for (var i = 0; i < symbols.Length - 1; i++)
            Offer(queue, symbols, next, i);
        const int gone = -1;
        while (queue.TryDequeue(out var pair, out _))
        {
            var at = pair.At;
            if (symbols[at] != pair.Left || next[at] >= symbols.Length || symbols[next[at]] != pair.Right)
                continue;
            var right = next[at];
            symbols[at] = merges[Key(pair.Left, pair.Right)].Merged;
            symbols[right] = gone;
            next[at] = next[right];
            if (next[at] < symbols.Length)
                previous[next[at]] = at;
            Offer(queue, symbols, next, at);
            if (previous[at] >= 0)
                Offer(queue, symbols, next, previous[at]);
        }
        var count = 0;
        for (var i = 0; i < symbols.Length; i = next[i])
            symbols[count++] = symbols[i];
        return count;
    }

    private void Offer(PriorityQueue<(int At, int Left, int Right), (int Rank, int At)> queue, Span<int> symbols, int[] next, int at)
    {
        if (next[at] < symbols.Length && merges.TryGetValue(Key(symbols[at], symbols[next[at]]), out var merge))
            queue.Enqueue((at, symbols[at], symbols[next[at]]), (merge.Rank, at));
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
