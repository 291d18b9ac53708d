using System.Globalization;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Experiments as SVG.</summary>
public static class ExperimentPictures
{
    /// <summary>The losses by round, or the scores of a search by candidate; null where nothing is recorded.</summary>
    public static string? Curves(IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var series = points.GroupBy(p => p.Series).Where(g => g.Key != "search").OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var isSearch = series.Count == 0;
        if (isSearch)
            series = [.. points.GroupBy(p => p.Series)];
        if (series.Count == 0)
            return null;
        var plot = new Plot([.. series.Select(s => new LineLayer([.. s.Select(p => (double)p.Step)], [.. s.Select(p => p.Value)])
        {
            Name = s.Key,
            Marked = isSearch,
        })])
        {
            X = isSearch ? "candidate" : "round",
            Y = isSearch ? "score" : "loss",
        };
        return new Picture(plot)
        {
            PanelSize = (720, 320),
            Description = string.Join("; ",
                series.Select(s => string.Create(CultureInfo.InvariantCulture,
                    $"{s.Key}: {s.First().Value:0.####} at first, {s.Last().Value:0.####} at last"))),
        }.ToSvg();
    }

    /// <summary>One metric of several experiments side by side, with its intervals; null where none of them has it.</summary>
    /// <param name="metric">null: the first one that all of them have.</param>
    public static string? Compare(IReadOnlyList<Experiment> experiments, string? metric = null)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        var ended = experiments.Where(e => e.Outcome is not null).ToList();
        metric ??= ended.SelectMany(e => e.Outcome!.Metrics.Select(m => m.Name)).CountBy(n => n).OrderByDescending(n => n.Value)
            .Select(n => n.Key).FirstOrDefault();
        var shown = ended.Select(e => (Experiment: e, Metric: e.Outcome!.Metrics.FirstOrDefault(m => m.Name == metric)))
            .Where(s => s.Metric is not null).ToList();
        if (shown.Count == 0)
            return null;
        var layers = new List<Layer> { new PointLayer([.. shown.Select((_, i) => (double)i)], [.. shown.Select(s => s.Metric!.Value)]) };
        for (var i = 0; i < shown.Count; i++)
            layers.Add(new LineLayer([i, i], [shown[i].Metric!.Lower, shown[i].Metric!.Upper]) { Colour = 0 });
        return new Picture(new Plot([.. layers])
        {
            X = new()
            {
                Categories = [.. shown.Select(s => $"{s.Experiment.Model} {s.Experiment.Id[^6..]}")],
                From = -0.5,
                To = shown.Count - 0.5,
            },
            Y = metric!,
            Title = $"{metric} with its 95 % interval",
        })
        {
            PanelSize = (Math.Max(480, 120 * shown.Count), 340),
            Description = string.Join("; ",
                shown.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Experiment.Id[^6..]}: {s.Metric!.Value:0.####}"))),
        }.ToSvg();
    }
}
