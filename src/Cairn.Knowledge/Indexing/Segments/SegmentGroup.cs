namespace Cairn.Knowledge;

/// <summary>A group's passages in one segment: [<see cref="Start"/>, <see cref="End"/>).</summary>
internal sealed record SegmentGroup(PassageGroup Key, int Start, int End);
