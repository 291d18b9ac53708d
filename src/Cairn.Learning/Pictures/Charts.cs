using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Learning;

/// <summary>
/// The panels that data and models are usually looked at by. Each can be changed by <c>with</c>, and goes into a <see cref="Picture"/>.
/// </summary>
public static class Charts
{
    public static Plot Line(IReadOnlyList<double> x, IReadOnlyList<double> y, string? title = null)
        => new(new LineLayer(x, y)) { Title = title };

    /// <param name="groups">The class of each pair, for the colour; null draws all alike.</param>
    /// <param name="names">What the legend calls the classes.</param>
    public static Plot Scatter(
        IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<int>? groups = null, IReadOnlyList<string>? names = null,
        string? title = null)
    {
        Layer.RequirePairs("scatter", x, y);
        if (groups is null)
            return new Plot(new PointLayer(x, y)) { Title = title };
        if (groups.Count != x.Count)
            throw new BadInputException($"scatter: {groups.Count} groups for {x.Count} points.");
        var layers = groups.Distinct().Order().Select(g =>
        {
            var rows = Enumerable.Range(0, x.Count).Where(i => groups[i] == g).ToList();
            return new PointLayer([.. rows.Select(i => x[i])], [.. rows.Select(i => y[i])])
            {
                Name = names is not null && g >= 0 && g < names.Count ? names[g] : g.ToString(CultureInfo.InvariantCulture),
                Colour = g,
            };
        });
        return new Plot([.. layers]) { Title = title };
    }

    /// <param name="bins">How many; by the Freedman-Diaconis rule (at most 60) when left out.</param>
    public static Plot Histogram(IReadOnlyList<double> values, int? bins = null, string? title = null)
    {
        var (edges, counts) = Bins.Count(values, bins);
        return new Plot(new BarLayer(edges, counts)) { Title = title, Y = "count" };
    }

    public static Plot Bar(IReadOnlyList<string> names, IReadOnlyList<double> heights, string? title = null)
    {
        if (names.Count != heights.Count)
            throw new BadInputException($"bar chart: {names.Count} names for {heights.Count} heights.");
        return new Plot(new BarLayer([.. Enumerable.Range(0, names.Count + 1).Select(i => i - 0.5)], heights) { Gap = 0.25 })
        {
            Title = title,
            X = new() { Categories = [.. names] },
        };
    }

    public static Plot HeatMap(
        NdArray<double> values, IReadOnlyList<string>? rows = null, IReadOnlyList<string>? columns = null, string? format = null,
        string? title = null)
        => new(new CellLayer(values) { Format = format })
        {
            Title = title,
            DownwardY = true,
            X = new() { Categories = columns is null ? [] : [.. columns] },
            Y = new() { Categories = rows is null ? [] : [.. rows] },
        };

    /// <summary>Actual classes down, predicted ones across, counts in the cells.</summary>
    public static Plot Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? names = null, string? title = null)
    {
        var size = matrix.Classes.Count;
        var counts = NdArray.Zeros<double>(size, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                counts[i, j] = matrix[i, j];
        }
        ImmutableArray<string> labels = [.. matrix.Classes.Select(c => names is not null && c >= 0 && c < names.Count
            ? names[c]
            : c.ToString(CultureInfo.InvariantCulture))];
        return new Plot(new CellLayer(counts)
        {
            Map = ColourMap.FromWhite,
            Range = (0, Math.Max(1, counts.ToArray().Max())),
            Format = size <= 20 ? "0" : null,
        })
        {
            Title = title,
            DownwardY = true,
            X = new() { Label = "predicted", Categories = labels },
            Y = new() { Label = "actual", Categories = labels },
        };
    }

    public static Plot Roc(RocCurve curve, string? title = null)
        => new(
            new LineLayer(curve.FalsePositiveRate, curve.TruePositiveRate) { Name = string.Create(CultureInfo.InvariantCulture,
                $"area {curve.Area:0.000}") },
            new LineLayer([0, 1], [0, 1]) { Dashed = true, Colour = 6 })
        {
            Title = title,
            X = new() { Label = "false positive rate", From = 0, To = 1 },
            Y = new() { Label = "true positive rate", From = 0, To = 1 },
            LowLegend = true,
        };

    public static Plot PrecisionRecall(PrecisionRecallCurve curve, string? title = null)
        => new(
            new LineLayer(curve.Recall, curve.Precision) { Name = string.Create(CultureInfo.InvariantCulture,
                $"average precision {curve.AveragePrecision:0.000}") },
            new LineLayer([0, 1], [1, 1]) { Dashed = true, Colour = 6 })
        {
            Title = title,
            X = new() { Label = "recall", From = 0, To = 1 },
            Y = new() { Label = "precision", From = 0, To = 1.02 },
            LowLegend = true,
        };

    public static Plot Calibration(CalibrationCurve curve, string? title = null)
        => new(
            new LineLayer([0, 1], [0, 1]) { Name = "perfect", Dashed = true, Colour = 6 },
            new LineLayer(curve.MeanPredicted, curve.ShareOfOnes) { Name = "model", Marked = true })
        {
            Title = title,
            X = new() { Label = "predicted probability", From = 0, To = 1 },
            Y = new() { Label = "share of class 1", From = 0, To = 1 },
            LowLegend = true,
        };

    /// <summary>Loss or score by step; the validation curve may have fewer points, each at its own step.</summary>
    public static Plot Learning(
        IReadOnlyList<double> steps, IReadOnlyList<double> training, IReadOnlyList<double> validationSteps,
        IReadOnlyList<double> validation, string? title = null)
        => new(
            new LineLayer(steps, training) { Name = "training" },
            new LineLayer(validationSteps, validation) { Name = "validation", Marked = validation.Count <= 60 })
        {
            Title = title,
            X = "step",
            Y = "loss",
        };

    /// <summary>What a classifier says everywhere in the plane, with the points that it learned from.</summary>
    /// <param name="classOf">The class of each of a list of points (x, y).</param>
    public static Plot DecisionBoundary(
        IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<int> groups,
        Func<IReadOnlyList<(double X, double Y)>, IReadOnlyList<int>> classOf, int resolution = 80, string? title = null)
    {
        var points = Scatter(x, y, groups, title: title);
        var (across, down) = (Extent.Of(x).Wider(0.1), Extent.Of(y).Wider(0.1));
        var grid = Grid(across, down, resolution);
        var classes = classOf(grid);
        if (classes.Count != grid.Count)
            throw new BadInputException($"decision boundary: {classes.Count} classes for {grid.Count} points.");
        var cells = NdArray<double>.Over([.. classes.Select(c => (double)c)], resolution, resolution);
        return points with
        {
            Layers = points.Layers.Insert(0,
                new CellLayer(cells) { Classes = true, RangeX = (across.From, across.To), RangeY = (down.From, down.To) }),
        };
    }

    /// <summary>A loss over two parameters, as colours of its logarithm, with the way that gradient descent went.</summary>
    public static Plot LossSurface(
        Func<double, double, double> loss, (double From, double To) x, (double From, double To) y, IReadOnlyList<double>? pathX = null,
        IReadOnlyList<double>? pathY = null, string? title = null, int resolution = 80)
    {
        var grid = Grid(new(x.From, x.To), new(y.From, y.To), resolution);
        var values = grid.Select(p => loss(p.X, p.Y)).ToArray();
        var least = values.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        var cells = NdArray<double>.Over([.. values.Select(v => Math.Log(v - least + 1e-3))], resolution, resolution);
        var plot = new Plot(new CellLayer(cells) { RangeX = x, RangeY = y }) { Title = title };
        if (pathX is null || pathY is null)
            return plot;
        return plot with { Layers = plot.Layers.Add(new LineLayer(pathX, pathY) { Name = "gradient descent", Marked = true, Colour = 1 }) };
    }

    /// <summary>Which token looks at which: rows ask, columns are looked at.</summary>
    public static Plot Attention(NdArray<double> weights, IReadOnlyList<string> tokens, string? title = null)
        => HeatMap(weights, tokens, tokens, title: title) with { X = new() { Label = "looked at", Categories = [.. tokens] },
            Y = new() { Label = "asking", Categories = [.. tokens] } };

    private static List<(double X, double Y)> Grid(Extent across, Extent down, int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        var (stepX, stepY) = ((across.To - across.From) / resolution, (down.To - down.From) / resolution);
        return [.. Enumerable.Range(0, resolution * resolution)
            .Select(i => (across.From + (i % resolution + 0.5) * stepX, down.From + (i / resolution + 0.5) * stepY))];
    }
}
