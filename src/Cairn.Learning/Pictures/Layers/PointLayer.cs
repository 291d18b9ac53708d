namespace Cairn.Learning;

/// <summary>A mark for each pair; pairs that are not finite are left out.</summary>
public sealed record PointLayer : Layer
{
    public PointLayer(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        RequirePairs("points", x, y);
        (X, Y) = (x, y);
    }

    public IReadOnlyList<double> X { get; }

    public IReadOnlyList<double> Y { get; }

    /// <summary>In pixels.</summary>
    public double Radius { get; init; } = 3;

    internal override Extent ExtentX => Extent.Of(X);

    internal override Extent ExtentY => Extent.Of(Y);

    internal override void Draw(SvgWriter svg, Scale x, Scale y, string colour)
    {
        var opacity = X.Count > 300 ? 0.45 : 0.75;
        for (var i = 0; i < X.Count; i++)
        {
            if (double.IsFinite(X[i]) && double.IsFinite(Y[i]))
                svg.Circle(x.At(X[i]), y.At(Y[i]), Radius, colour, opacity);
        }
    }

    internal override void DrawKey(SvgWriter svg, Box box, string colour) => svg.Circle(box.X + box.Width / 2, box.Y + 3, 4, colour);
}
