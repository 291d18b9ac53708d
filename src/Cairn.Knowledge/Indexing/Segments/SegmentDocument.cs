namespace Cairn.Knowledge;

/// <summary>A document's passages in one segment: [<see cref="Start"/>, <see cref="End"/>).</summary>
internal readonly record struct SegmentDocument(string Id, int Start, int End);
