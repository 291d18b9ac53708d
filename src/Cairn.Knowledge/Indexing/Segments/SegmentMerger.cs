namespace Cairn.Knowledge;

/// <summary>Makes one segment of several, without what is deleted.</summary>
internal sealed class SegmentMerger
{
    private const int Gone = -1;

    private readonly IReadOnlyList<SegmentView> _views;
    private readonly int[][] _numbers;
    private readonly List<SegmentDocument> _documents = [];
    private readonly List<SegmentGroup> _groups = [];
    private readonly PostingCursor _cursor = new();
    private ulong[] _postings = new ulong[1024];
    private uint[] _passages = new uint[1024];
    private byte[] _codes = new byte[1024];

    public SegmentMerger(IReadOnlyList<SegmentView> views)
    {
        _views = views;
        _numbers = [.. views.Select(v => new int[v.Segment.PassageCount])];
    }

    /// <summary>By view and old number: the new number, or -1 for what was deleted.</summary>
    public int[][] Numbers => _numbers;

    public unsafe void Write(Stream output)
    {
        var count = Renumber();
        var lengths = new byte[count];
        var ids = new long[count];
        for (var v = 0; v < _views.Count; v++)
        {
            var segment = _views[v].Segment;
            for (var passage = 0; passage < segment.PassageCount; passage++)
            {
                if (_numbers[v][passage] is var number and not Gone)
                    (lengths[number], ids[number]) = (segment.Lengths[passage], segment.PassageId(passage));
            }
        }
        var writer = new SegmentWriter(output, lengths);
        WriteTerms(writer);
        writer.Finish(ids, _documents, _groups);
        GC.KeepAlive(_views);
    }

    /// <summary>Orders the live documents by group, then view, then place, and numbers their passages.</summary>
    private int Renumber()
    {
        var live = new List<(PassageGroup Group, int View, SegmentDocument Document)>();
        for (var v = 0; v < _views.Count; v++)
        {
            var segment = _views[v].Segment;
            Array.Fill(_numbers[v], Gone);
            for (var d = 0; d < segment.DocumentCount; d++)
            {
                if (!_views[v].IsDeleted((uint)segment.DocumentStart(d)))
                    live.Add((segment.Groups[segment.GroupOf(segment.DocumentStart(d))].Key, v, segment.Document(d)));
            }
        }
        var next = 0;
        foreach (var byGroup in live.GroupBy(d => d.Group).OrderBy(g => g.Key))
        {
            _groups.Add(new SegmentGroup(byGroup.Key, next, 0));
            foreach (var (_, view, document) in byGroup)
            {
                _documents.Add(document with { Start = next, End = next + document.End - document.Start });
                for (var passage = document.Start; passage < document.End; passage++)
                    _numbers[view][passage] = next++;
            }
        }
        return next;
    }

    private void WriteTerms(SegmentWriter writer)
    {
        var queue = new PriorityQueue<(int View, TermReader Reader), byte[]>(Comparer<byte[]>.Create(static (a, b) => a.AsSpan()
            .SequenceCompareTo(b)));
        for (var v = 0; v < _views.Count; v++)
            Enqueue(queue, v, _views[v].Segment.Dictionary.ReadFrom(0));
        var same = new List<(int View, TermReader Reader)>();
        while (queue.TryPeek(out _, out var term))
        {
            same.Clear();
            while (queue.TryPeek(out _, out var next) && next.AsSpan().SequenceEqual(term))
                same.Add(queue.Dequeue());
            same.Sort(static (a, b) => a.View.CompareTo(b.View));
            var count = Gather(same);
            if (count > 0)
                writer.Term(term, _passages.AsSpan(0, count), _codes.AsSpan(0, count));
            foreach (var (view, reader) in same)
                Enqueue(queue, view, reader);
        }
    }

    private static void Enqueue(PriorityQueue<(int View, TermReader Reader), byte[]> queue, int view, TermReader reader)
    {
        if (reader.Read())
            queue.Enqueue((view, reader), reader.Term.ToArray());
    }

    private unsafe int Gather(List<(int View, TermReader Reader)> same)
    {
        var most = same.Sum(s => s.Reader.Entry.Passages);
        if (_postings.Length < most)
            (_postings, _passages, _codes) = (new ulong[most * 2], new uint[most * 2], new byte[most * 2]);
        var (count, sorted, last) = (0, true, 0UL);
        foreach (var (view, reader) in same)
        {
            var numbers = _numbers[view];
            _cursor.Open(_views[view].Segment, reader.Entry);
            for (var more = _cursor.Advance(0) != PostingCursor.End; more; more = _cursor.StepTo(_cursor.LoadedCount))
            {
                for (var i = 0; i < _cursor.LoadedCount; i++)
                {
                    var number = numbers[_cursor.Passages[i]];
                    if (number == Gone)
                        continue;
                    var posting = ((ulong)number << 8) | (uint)_cursor.CodeAt(i);
                    sorted &= posting >= last;
                    _postings[count++] = last = posting;
                }
            }
        }
        if (!sorted)
            Array.Sort(_postings, 0, count);
        for (var i = 0; i < count; i++)
            (_passages[i], _codes[i]) = ((uint)(_postings[i] >> 8), (byte)_postings[i]);
        return count;
    }
}
