namespace Cairn.Knowledge;

/// <summary>What a caller sees of one segment: ranges of passages, in order, neighbours joined.</summary>
internal sealed record SegmentScope(SegmentView View, (int Start, int End)[] Ranges, bool HasSuperseded)
{
    public bool IsWhole => Ranges.Length == 1 && Ranges[0] == (0, View.Segment.PassageCount);
}
