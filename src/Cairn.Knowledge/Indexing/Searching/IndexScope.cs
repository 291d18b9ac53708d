namespace Cairn.Knowledge;

/// <summary>
/// What a caller sees of a snapshot of the index, with the statistics of exactly that. Immutable; may serve many searches.
/// </summary>
public sealed class IndexScope
{
    private readonly Lazy<ushort[]> _saturation;

    internal IndexScope(IndexSnapshot snapshot, Bm25Parameters parameters, Func<PassageGroup, bool> visible)
    {
        Snapshot = snapshot;
        var segments = new List<SegmentScope>();
        foreach (var view in snapshot.Views)
        {
            var ranges = new List<(int Start, int End)>();
            var superseded = false;
            foreach (var (group, statistics) in view.Segment.Groups.Zip(view.Statistics))
            {
                if (statistics.Passages == 0 || !visible(group.Key))
                    continue;
                Totals += statistics;
                superseded |= group.Key.Superseded;
                if (ranges.Count > 0 && ranges[^1].End == group.Start)
                    ranges[^1] = (ranges[^1].Start, group.End);
                else
                    ranges.Add((group.Start, group.End));
            }
            if (ranges.Count > 0)
                segments.Add(new SegmentScope(view, [.. ranges], superseded));
        }
        Segments = [.. segments.OrderByDescending(s => s.View.Segment.PassageCount)];
        _saturation = new(() => Bm25.Saturation(parameters, Totals.Passages == 0 ? 0 : (double)Totals.Words / Totals.Passages));
    }

    public int Documents => Totals.Documents;

    public int Passages => Totals.Passages;

    /// <summary>Mean length of a passage in words.</summary>
    public double MeanLength => Totals.Passages == 0 ? 0 : (double)Totals.Words / Totals.Passages;

    internal IndexSnapshot Snapshot { get; }

    internal SegmentScope[] Segments { get; }

    internal GroupStatistics Totals { get; }

    internal ushort[] Saturation => _saturation.Value;
}
