using System.Collections.Concurrent;

namespace Cairn.Knowledge;

/// <summary>A segment and which of its passages are deleted: immutable, a further deletion makes a new view.</summary>
internal sealed class SegmentView
{
    private readonly ConcurrentDictionary<long, uint[]> _deletedByTerm = new();

    public SegmentView(Segment segment, ulong[]? deleted = null)
    {
        Segment = segment;
        Deleted = deleted;
        DeletedPassages = deleted is null ? [] : Numbers(deleted, segment.PassageCount);
        Statistics = CountGroups();
    }

    public Segment Segment { get; }

    /// <summary>A bit per passage; null when none is deleted.</summary>
    public ulong[]? Deleted { get; }

    /// <summary>Increasing.</summary>
    public uint[] DeletedPassages { get; }

    /// <summary>Of what is not deleted, by the segment's groups.</summary>
    public IReadOnlyList<GroupStatistics> Statistics { get; }

    public int LivePassages => Segment.PassageCount - DeletedPassages.Length;

    public bool IsDeleted(uint passage) => Deleted is not null && (Deleted[passage >> 6] >> (int)(passage & 63) & 1) != 0;

    /// <summary>The view without these passages as well.</summary>
    public SegmentView Without(IEnumerable<(int Start, int End)> ranges)
    {
        var deleted = new ulong[(Segment.PassageCount + 63) / 64];
        Deleted?.CopyTo(deleted, 0);
        foreach (var (start, end) in ranges)
        {
            for (var passage = start; passage < end; passage++)
                deleted[passage >> 6] |= 1UL << (passage & 63);
        }
        return new SegmentView(Segment, deleted);
    }

    /// <summary>The deleted passages that hold a term: what its dictionary entry counts too many. Found once per term and view.</summary>
    public uint[] DeletedWith(TermEntry entry, PostingCursor cursor)
    {
        if (entry.Passages == 1)
            return IsDeleted(entry.OnlyPassage) ? [entry.OnlyPassage] : [];
        return _deletedByTerm.TryGetValue(entry.Offset, out var found) ? found : _deletedByTerm.GetOrAdd(entry.Offset, Find(entry, cursor));
    }

    private uint[] Find(TermEntry entry, PostingCursor cursor)
    {
        var found = new List<uint>();
        cursor.Open(Segment, entry);
        foreach (var passage in DeletedPassages)
        {
            if (cursor.Advance(passage) == passage)
                found.Add(passage);
        }
        return [.. found];
    }

    private unsafe GroupStatistics[] CountGroups()
    {
        var counted = new GroupStatistics[Segment.Groups.Count];
        for (var g = 0; g < counted.Length; g++)
        {
            var (passages, words) = (0, 0L);
            for (var passage = Segment.Groups[g].Start; passage < Segment.Groups[g].End; passage++)
            {
                if (IsDeleted((uint)passage))
                    continue;
                passages++;
                words += LengthCode.Decode(Segment.Lengths[passage]);
            }
            counted[g] = new GroupStatistics(0, passages, words);
        }
        for (var d = 0; d < Segment.DocumentCount; d++)
        {
            var start = Segment.DocumentStart(d);
            if (!IsDeleted((uint)start))
            {
                var g = Segment.GroupOf(start);
                counted[g] = counted[g] with { Documents = counted[g].Documents + 1 };
            }
        }
        GC.KeepAlive(Segment.Memory);
        return counted;
    }

    private static uint[] Numbers(ulong[] bits, int count)
    {
        var numbers = new List<uint>();
        for (var i = 0u; i < count; i++)
        {
            if ((bits[i >> 6] >> (int)(i & 63) & 1) != 0)
                numbers.Add(i);
        }
        return [.. numbers];
    }
}
