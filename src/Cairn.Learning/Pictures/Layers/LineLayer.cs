namespace Cairn.Learning;

/// <summary>Points joined in their order; a value that is not finite leaves a gap.</summary>
public sealed record LineLayer : Layer
{
    public LineLayer(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        RequirePairs("line", x, y);
        (X, Y) = (x, y);
    }

    public IReadOnlyList<double> X { get; }

    public IReadOnlyList<double> Y { get; }

    public bool Dashed { get; init; }

    /// <summary>Small circles at the points.</summary>
    public bool Marked { get; init; }

    internal override Extent ExtentX => Extent.Of(X);

    internal override Extent ExtentY => Extent.Of(Y);

    internal override void Draw(SvgWriter svg, Scale x, Scale y, string colour)
    {
        var run = new List<(double X, double Y)>();
        for (var i = 0; i <= X.Count; i++)
        {
            if (i < X.Count && double.IsFinite(X[i]) && double.IsFinite(Y[i]))
            {
                run.Add((x.At(X[i]), y.At(Y[i])));
                continue;
            }
            if (run.Count > 1)
                svg.Polyline(run, colour, dash: Dashed ? "5 4" : null);
            if (Marked || run.Count == 1)
                run.ForEach(p => svg.Circle(p.X, p.Y, 2.6, colour));
            run.Clear();
        }
    }

    internal override void DrawKey(SvgWriter svg, Box box, string colour)
        => svg.Polyline([(box.X, box.Y + 3), (box.Right, box.Y + 3)], colour, 2.2, Dashed ? "5 4" : null);
}
