namespace Cairn.Learning;

/// <summary>Bars from zero; bar i reaches from <c>edges[i]</c> to <c>edges[i + 1]</c>, less the gap.</summary>
public sealed record BarLayer : Layer
{
    /// <param name="edges">One more than there are bars, ascending.</param>
    public BarLayer(IReadOnlyList<double> edges, IReadOnlyList<double> heights)
    {
        if (edges.Count != heights.Count + 1)
            throw new BadInputException($"bars: {heights.Count} heights need {heights.Count + 1} edges, not {edges.Count}.");
        (Edges, Heights) = (edges, heights);
    }

    public IReadOnlyList<double> Edges { get; }

    public IReadOnlyList<double> Heights { get; }

    /// <summary>The share of a bar's room that stays empty.</summary>
    public double Gap { get; init; }

    internal override Extent ExtentX => Extent.Of(Edges);

    internal override Extent ExtentY => Extent.Of(Heights.Append(0));

    internal override void Draw(SvgWriter svg, Scale x, Scale y, string colour)
    {
        for (var i = 0; i < Heights.Count; i++)
        {
            if (!double.IsFinite(Heights[i]))
                continue;
            var (left, right) = (x.At(Edges[i]), x.At(Edges[i + 1]));
            var spare = (right - left) * Gap / 2;
            var (top, bottom) = (Math.Min(y.At(Heights[i]), y.At(0)), Math.Max(y.At(Heights[i]), y.At(0)));
            svg.Rectangle(new(left + spare, top, Math.Max(0.5, right - left - 2 * spare - (Gap == 0 ? 0.6 : 0)), bottom - top), colour,
                0.85);
        }
    }
}
