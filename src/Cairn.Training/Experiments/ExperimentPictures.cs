using System.Globalization;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Experiments as SVG.</summary>
public static class ExperimentPictures
{
    // More candidates than this are numbered in steps.
    private const int MostNamed = 30;

    /// <summary>The losses by round, or the scores of a search by candidate; null where nothing is recorded.</summary>
    public static string? Curves(IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var series = points.GroupBy(p => p.Series).Where(g => g.Key != "search").OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (series.Count == 0)
            return points.Count == 0 ? null : Search([.. points.OrderBy(p => p.Step)]);
        var lines = series.Select(
            s => new LineLayer([.. s.Select(p => (double)p.Step)], [.. s.Select(p => p.Value)]) { Name = NameOf(s.Key) });
        var plot = new Plot([.. lines])
        {
            Title = "Loss while it learned",
            X = "rounds learned",
            Y = "mean loss of a row",
        };
        return new Picture(plot)
        {
            Description = string.Join("; ",
                series.Select(s => string.Create(CultureInfo.InvariantCulture,
                    $"{NameOf(s.Key)}: {s.First().Value:0.####} at first, {s.Last().Value:0.####} at last"))),
        }.ToSvg();

        static string NameOf(string series) => series == "validation" ? "rows set aside" : "rows learned from";
    }

    private static string Search(CurvePoint[] points)
    {
        var plot = new Plot(new PointLayer([.. points.Select(p => (double)p.Step)], [.. points.Select(p => p.Value)]))
        {
            Title = "Each candidate of the search",
            X = points.Length > MostNamed ? new() { Label = "candidate" } : new()
            {
                Label = "candidate",
                Categories = ["", .. points.Select(p => p.Step.ToString(CultureInfo.InvariantCulture))],
                From = 0.5,
                To = points.Length + 0.5,
            },
            Y = "mean score over the folds",
        };
        return new Picture(plot)
        {
            Description = string.Join("; ",
                points.Select(p => string.Create(CultureInfo.InvariantCulture, $"candidate {p.Step}: {p.Value:0.####}"))),
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
