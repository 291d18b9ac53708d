namespace Cairn.Knowledge;

/// <summary>
/// Decides what to merge: a segment that is a third deleted, or as many as <see cref="Factor"/> segments of one tier (sizes within that
/// factor), so that each passage is written a logarithmic number of times and a search meets few segments.
/// </summary>
internal static class MergePolicy
{
    public const int Factor = 6;

    private const int SmallestTier = 1_000;
    private const int Largest = 5_000_000;

    /// <returns>Empty when nothing is due.</returns>
    public static IReadOnlyList<SegmentView> Due(IReadOnlyList<SegmentView> views)
    {
        var wasteful = views.FirstOrDefault(v => v.DeletedPassages.Length > v.Segment.PassageCount / 3);
        if (wasteful is not null)
            return [wasteful];
        var tier = views
            .Where(v => v.LivePassages < Largest)
            .GroupBy(v => (int)Math.Log(Math.Max(v.LivePassages, SmallestTier), Factor))
            .OrderBy(t => t.Key)
            .FirstOrDefault(t => t.Count() >= Factor);
        return tier is null ? [] : [.. tier];
    }
}
