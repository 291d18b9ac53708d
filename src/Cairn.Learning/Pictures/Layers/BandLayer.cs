namespace Cairn.Learning;

/// <summary>The room between two lines: an interval around a curve.</summary>
public sealed record BandLayer : Layer
{
    public BandLayer(IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high)
    {
        RequirePairs("band", x, low);
        RequirePairs("band", x, high);
        (X, Low, High) = (x, low, high);
    }

    public IReadOnlyList<double> X { get; }

    public IReadOnlyList<double> Low { get; }

    public IReadOnlyList<double> High { get; }

    internal override Extent ExtentX => Extent.Of(X);

    internal override Extent ExtentY => Extent.Of(Low).With(Extent.Of(High));

    internal override void Draw(SvgWriter svg, Scale x, Scale y, string colour)
        => svg.Polygon(
            Enumerable.Range(0, X.Count).Select(i => (x.At(X[i]), y.At(Low[i])))
                .Concat(Enumerable.Range(0, X.Count).Reverse().Select(i => (x.At(X[i]), y.At(High[i])))),
            colour, 0.2);
}
