using System.Globalization;
using System.Xml.Linq;

namespace Cairn.Learning.Tests;

public sealed class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_chart_is_well_formed_and_holds_no_style_or_script()
    {
        double[] x = [1, 2, 3, 4], y = [2, 1, 4, 3];
        int[] groups = [0, 1, 0, 1];
        Panel[] panels =
        [
            Charts.Line(x, y, "a < b & c"),
            Charts.Scatter(x, y, groups, ["no", "yes"]),
            Charts.Histogram([1, 2, 2, 3, 9]),
            Charts.Bar(["one", "two"], [1, -2]),
            Charts.HeatMap(NdArray.FromRows(new double[,] { { 1, 2 }, { 3, 4 } }), ["a", "b"], ["c", "d"], "0.0"),
            Charts.Confusion(ConfusionMatrix.Of(groups, [0, 1, 1, 1])),
            Charts.Roc(RocCurve.Of(groups, y)),
            Charts.PrecisionRecall(PrecisionRecallCurve.Of(groups, y)),
            Charts.Calibration(CalibrationCurve.Of(groups, [0.1, 0.9, 0.4, 0.8])),
            Charts.Learning(x, y, [2, 4], [1.5, 1.2]),
            Charts.DecisionBoundary(x, y, groups, points => [.. points.Select(p => p.X > 2.5 ? 1 : 0)], 10),
            Charts.LossSurface((a, b) => a * a + b * b, (-1, 1), (-2, 2), [0.9, 0.1], [1.5, 0.1]),
            Charts.Attention(NdArray.Eye<double>(2), ["the", "quay"]),
            new Diagram { Nodes = [new("w"), new("x"), new("w x", 1)], Edges = [new(0, 2), new(1, 2)] },
        ];
        var root = Parse(new Picture(panels) { Title = "All", Columns = 3 });
        Assert.Equal(["svg"], [root.Name.LocalName]);
        Assert.Contains(root.Descendants(Svg + "text"), t => t.Value == "a < b & c");
        Assert.DoesNotContain(root.DescendantsAndSelf(),
            e => e.Name.LocalName is "style" or "script"
                || e.Attributes().Any(a => a.Name.LocalName == "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("NaN", root.ToString());
        Assert.DoesNotContain("Infinity", root.ToString());
    }

    [Fact]
    public void Points_lie_where_their_values_say()
    {
        var circles = Parse(new Picture(Charts.Scatter([0, 10], [0, 100]) with { X = new() { From = 0, To = 10 },
            Y = new() { From = 0, To = 100 } })).Descendants(Svg + "circle").ToList();
        Assert.True(Number(circles[0], "cx") < Number(circles[1], "cx"));
        Assert.True(Number(circles[0], "cy") > Number(circles[1], "cy"));
        var axes = Parse(new Picture(Charts.Scatter([5], [50]) with { X = new() { From = 0, To = 10 }, Y = new() { From = 0, To = 100 } }))
            .Descendants(Svg + "circle").Single();
        Assert.Equal((Number(circles[0], "cx") + Number(circles[1], "cx")) / 2, Number(axes, "cx"), 0.02);
        Assert.Equal((Number(circles[0], "cy") + Number(circles[1], "cy")) / 2, Number(axes, "cy"), 0.02);
    }

    [Theory]
    [InlineData(0, 1, "0.0,0.2,0.4,0.6,0.8,1.0")]
    [InlineData(0, 23, "0,5,10,15,20")]
    [InlineData(-3, 3, "-3,-2,-1,0,1,2,3")]
    [InlineData(0, 4_200, "0,1,000,2,000,3,000,4,000")]
    [InlineData(0, 0.003, "0.0000,0.0005,0.0010,0.0015,0.0020,0.0025,0.0030")]
    public void Ticks_are_round(double from, double to, string ticks)
        => Assert.Equal(ticks, string.Join(',', new Scale(new Axis(), new Extent(from, to), 0, 100).Ticks().Select(t => t.Text)));

    [Fact]
    public void A_logarithmic_axis_has_decades_and_refuses_what_it_cannot_show()
    {
        Assert.Equal("0.01,0.1,1,10",
            string.Join(',', new Scale(new Axis { Logarithmic = true }, new Extent(0.01, 10), 0, 100).Ticks().Select(t => t.Text)));
        var plot = Charts.Line([1, 2], [0, 5]) with { Y = new() { Label = "loss", Logarithmic = true } };
        Assert.Contains("'loss'", Assert.Throws<BadInputException>(() => new Picture(plot).ToSvg()).Message);
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i) * i), double.NaN, double.PositiveInfinity];
        foreach (var bins in new int?[] { null, 1, 7, 100 })
            Assert.Equal(1000, Bins.Count(values, bins).Counts.Sum());
        Assert.Equal([3.0], Bins.Count([4, 4, 4], 1).Counts);
        Assert.Throws<BadInputException>(() => Charts.Histogram([double.NaN]));
    }

    [Fact]
    public void A_gap_breaks_a_line()
        => Assert.Equal(2, Parse(new Picture(Charts.Line([1, 2, 3, 4, 5], [1, 2, double.NaN, 2, 1]))).Descendants(Svg + "polyline")
            .Count());

    [Fact]
    public void A_tree_puts_each_node_over_its_leaves()
    {
        var places = DiagramLayout.Of(new Diagram
        {
            Nodes = [new("root"), new("a"), new("b"), new("a1"), new("a2")],
            Edges = [new(0, 1), new(0, 2), new(1, 3), new(1, 4)],
        });
        Assert.Equal([(0, 2.25), (1, 1.5), (1, 3.0), (2, 1.0), (2, 2.0)], places);
    }

    [Fact]
    public void A_circle_and_a_lost_edge_are_named()
    {
        Assert.Contains("circle",
            Assert.Throws<BadInputException>(() => DiagramLayout.Of(new Diagram
            {
                Nodes = [new("a"), new("b")],
                Edges = [new(0, 1), new(1, 0)],
            })).Message);
        Assert.Contains("from 0 to 7",
            Assert.Throws<BadInputException>(() => DiagramLayout.Of(new Diagram { Nodes = [new("a")], Edges = [new(0, 7)] })).Message);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Contains("3 values of x and 2 of y", Assert.Throws<BadInputException>(() => Charts.Line([1, 2, 3], [1, 2])).Message);
        Assert.Contains("2 names for 1 heights", Assert.Throws<BadInputException>(() => Charts.Bar(["a", "b"], [1])).Message);
        Assert.Throws<BadInputException>(() => new Picture().ToSvg());
        Assert.Throws<BadInputException>(() => new Picture(Charts.Line([], [])).ToSvg());
    }

    [Fact]
    public void Characters_that_markup_cannot_hold_do_not_break_it()
        => Assert.Contains(Parse(new Picture(Charts.Line([1, 2], [1, 2], "a\0b<script>alert(1)</script>"))).Descendants(Svg + "text"),
            t => t.Value == "a□b<script>alert(1)</script>");

    private static XElement Parse(Picture picture) => XElement.Parse(picture.ToSvg());

    private static double Number(XElement element, string name)
        => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
