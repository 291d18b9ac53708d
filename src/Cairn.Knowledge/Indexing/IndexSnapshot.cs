namespace Cairn.Knowledge;

/// <summary>The index at one moment: immutable, so a search sees one state whatever is written meanwhile.</summary>
internal sealed record IndexSnapshot(IReadOnlyList<SegmentView> Views)
{
    public static IndexSnapshot Empty { get; } = new([]);
}
