namespace Cairn.Knowledge;

/// <summary>The best so many hits seen, as a heap with the worst on top.</summary>
internal sealed class TopHits(int capacity)
{
    private readonly (int Score, long Id)[] _heap = new (int, long)[capacity];
    private int _count;

    /// <summary>A score below this cannot enter.</summary>
    public int Threshold => _count < _heap.Length ? 1 : _heap[0].Score;

    public void Offer(int score, long id)
    {
        var hit = (score, id);
        if (_count < _heap.Length)
        {
            _heap[_count] = hit;
            for (var i = _count++; i > 0 && Worse(_heap[i], _heap[(i - 1) / 2]); i = (i - 1) / 2)
                (_heap[i], _heap[(i - 1) / 2]) = (_heap[(i - 1) / 2], _heap[i]);
            return;
        }
        if (!Worse(_heap[0], hit))
            return;
        _heap[0] = hit;
        for (var i = 0; ;)
        {
            var child = (2 * i) + 1;
            if (child >= _count)
                return;
            if (child + 1 < _count && Worse(_heap[child + 1], _heap[child]))
                child++;
            if (!Worse(_heap[child], _heap[i]))
                return;
            (_heap[i], _heap[child]) = (_heap[child], _heap[i]);
            i = child;
        }
    }

    public LexicalHit[] Best()
    {
        var best = _heap.AsSpan(0, _count).ToArray();
        Array.Sort(best, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id));
        return [.. best.Select(h => new LexicalHit(h.Id, (double)h.Score / Bm25.Unit))];
    }

    private static bool Worse((int Score, long Id) a, (int Score, long Id) b)
        => a.Score != b.Score ? a.Score < b.Score : a.Id > b.Id;
}
