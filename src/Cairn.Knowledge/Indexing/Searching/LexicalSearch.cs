using System.Buffers;
using System.Runtime.Intrinsics;

namespace Cairn.Knowledge;

/// <summary>
/// Finds the best passages of a scope by MaxScore over windows (Turtle, Flood 1995; windows as in Lucene's MaxScoreBulkScorer): in each
/// window the terms are parted by how much they can still add there (block bounds). Those that cannot lift a passage over the threshold
/// even together are only asked about passages that the others brought up, the most promising first. No passage that brute force would
/// return is missed, and scores are equal.
/// </summary>
/// <remarks>One search at a time; instances are pooled by <see cref="LexicalIndex"/>.</remarks>
internal sealed unsafe class LexicalSearch
{
    /// <summary>Passages per window: their scores stay in the first-level cache.</summary>
    private const int Window = 4096;

    private readonly int[] _scores = GC.AllocateArray<int>(Window, pinned: true);
    private readonly TermScan[] _scans = new TermScan[LexicalQuery.MaxSearched];
    private readonly int[] _below = new int[LexicalQuery.MaxSearched + 1];
    private readonly PostingCursor _cursor = new();

    public LexicalHits Search(IndexScope scope, LexicalQuery query, int top)
    {
        var entries = new TermEntry[scope.Segments.Length][];
        var found = new int[query.Searched.Count];
        for (var s = 0; s < scope.Segments.Length; s++)
            entries[s] = Look(scope.Segments[s], query, found);
        var weights = QueryWeights.Of(query, scope.Passages, found);
        var searchWeights = QueryWeights.ForFirstSearch(query, weights, found);

        var hits = new TopHits(top);
        fixed (ushort* saturation = scope.Saturation)
        {
            for (var s = 0; s < scope.Segments.Length; s++)
                Scan(scope.Segments[s], entries[s], searchWeights, saturation, hits);
        }
        GC.KeepAlive(scope.Snapshot);
        double[] searched = [.. weights.Select(w => (double)w / Bm25.WeightUnit)];
        return new LexicalHits(hits.Best(), found[..query.Terms.Count], searched[..query.Terms.Count]) { SearchedWeights = searched };
    }

    /// <summary>Finds the terms in a segment and adds in how many of the passages in scope each is.</summary>
    private TermEntry[] Look(SegmentScope scope, LexicalQuery query, int[] found)
    {
        var entries = new TermEntry[query.Searched.Count];
        for (var t = 0; t < entries.Length; t++)
        {
            entries[t] = scope.View.Segment.Dictionary.Find(query.Searched[t].Bytes.Span);
            if (entries[t].Passages > 0)
                found[t] += Count(scope, entries[t]);
        }
        return entries;
    }

    private int Count(SegmentScope scope, TermEntry entry)
    {
        var count = entry.Passages;
        if (!scope.IsWhole)
        {
            count = 0;
            _cursor.Open(scope.View.Segment, entry);
            foreach (var (start, end) in scope.Ranges)
                count += _cursor.Rank((uint)end) - _cursor.Rank((uint)start);
        }
        if (scope.View.Deleted is null || count == 0)
            return count;
        var deleted = scope.View.DeletedWith(entry, _cursor);
        foreach (var (start, end) in scope.Ranges)
            count -= AtLeast(deleted, (uint)end) - AtLeast(deleted, (uint)start);
        return count;
    }

    private static int AtLeast(uint[] sorted, uint value)
    {
        var place = Array.BinarySearch(sorted, value);
        return place >= 0 ? place : ~place;
    }

    private void Scan(SegmentScope scope, TermEntry[] entries, uint[] weights, ushort* saturation, TopHits hits)
    {
        var count = 0;
        for (var t = 0; t < entries.Length; t++)
        {
            if (entries[t].Passages > 0 && weights[t] > 0)
                (_scans[count++] ??= new TermScan()).Open(scope.View.Segment, entries[t], weights[t], saturation);
        }
        if (count == 0)
            return;
        foreach (var (start, end) in scope.Ranges)
        {
            for (var at = start; at < end; at += Window)
                ScanWindow(scope, _scans.AsSpan(0, count), (uint)at, (uint)Math.Min(at + Window, end), hits);
        }
    }

    private void ScanWindow(SegmentScope scope, Span<TermScan> scans, uint start, uint end, TopHits hits)
    {
        var sum = 0;
        foreach (var scan in scans)
        {
            scan.EnterWindow(start, end);
            sum += scan.WindowBound;
        }
        if (sum < hits.Threshold)
            return;
        var essential = Part(scans, hits.Threshold);
        var size = (int)(end - start);
        fixed (int* scores = _scores)
        {
            for (var t = essential; t < scans.Length; t++)
            {
                if (scans[t].WindowBound > 0)
                    scans[t].AddTo(scores, start, end);
            }
            Collect(scope, scans[..essential], scores, start, size, hits);
            new Span<int>(scores, size).Clear();
        }
    }

    /// <summary>Sorts the terms by what they can add, and returns how many of the first cannot reach the threshold together.</summary>
    private int Part(Span<TermScan> scans, int threshold)
    {
        for (var i = 1; i < scans.Length; i++)
        {
            var scan = scans[i];
            var j = i;
            for (; j > 0 && scans[j - 1].WindowBound > scan.WindowBound; j--)
                scans[j] = scans[j - 1];
            scans[j] = scan;
        }
        var essential = 0;
        _below[0] = 0;
        while (essential < scans.Length && _below[essential] + scans[essential].WindowBound < threshold)
        {
            _below[essential + 1] = _below[essential] + scans[essential].WindowBound;
            essential++;
        }
        return essential;
    }

    /// <summary>Completes and offers every passage whose score so far may still reach the threshold.</summary>
    private void Collect(SegmentScope scope, Span<TermScan> others, int* scores, uint start, int size, TopHits hits)
    {
        var missing = _below[others.Length];
        var least = Vector512.Create(Math.Max(1, hits.Threshold - missing));
        // The window's buffer is a multiple of the vector's length, and beyond the size it holds zeros.
        for (var at = 0; at < size; at += Vector512<int>.Count)
        {
            var reached = Vector512.GreaterThanOrEqual(Vector512.Load(scores + at), least).ExtractMostSignificantBits();
            for (; reached != 0; reached &= reached - 1)
            {
                var offset = at + System.Numerics.BitOperations.TrailingZeroCount(reached);
                Complete(scope, others, scores[offset], start + (uint)offset, hits);
            }
        }
    }

    private void Complete(SegmentScope scope, Span<TermScan> others, int score, uint passage, TopHits hits)
    {
        var threshold = hits.Threshold;
        for (var t = others.Length - 1; t >= 0; t--)
        {
            if (score + _below[t + 1] < threshold)
                return;
            score += others[t].ScoreOf(passage);
        }
        if (score < threshold || scope.View.IsDeleted(passage))
            return;
        var segment = scope.View.Segment;
        if (scope.HasSuperseded && segment.Groups[segment.GroupOf((int)passage)].Key.Superseded)
            score = (int)(((long)score * Bm25.SupersededShare) >> 8);
        if (score >= threshold)
            hits.Offer(score, segment.PassageId((int)passage));
    }
}
