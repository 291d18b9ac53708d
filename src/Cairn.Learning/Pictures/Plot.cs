using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>Layers over two axes, the first at the back, with a legend of those that have a name.</summary>
public sealed record Plot : Panel
{
    private const int Right = 16, LineHeight = 18;

    public Plot(params ReadOnlySpan<Layer> layers) => Layers = [.. layers];

    public ImmutableArray<Layer> Layers { get; init; }

    public Axis X { get; init; } = new();

    public Axis Y { get; init; } = new();

    /// <summary>The first row or category on top, as in a table.</summary>
    public bool DownwardY { get; init; }

    /// <summary>The legend at the lower right instead of the upper.</summary>
    public bool LowLegend { get; init; }

    internal override void Draw(SvgWriter svg, Box box)
    {
        if (Layers.IsEmpty)
            throw new BadInputException("plot: there is no layer to draw.");
        var frame = FrameIn(box);
        var (x, y) = ScalesIn(frame);
        if (Title is not null)
            svg.Text(frame.X + frame.Width / 2, box.Y + 20, Title, new() { Anchor = "middle", Size = 14, Bold = true });
        DrawAxes(svg, frame, x, y);
        svg.BeginClip(frame);
        for (var i = 0; i < Layers.Length; i++)
            Layers[i].Draw(svg, x, y, Palette.At(ColourOf(i)));
        svg.EndClip();
        DrawLegend(svg, frame);
    }

    // Layers without a name (a band, a reference line) take no colour from those that have one.
    private int ColourOf(int index) => Layers[index].Colour ?? Layers.Take(index).Count(l => l.Name is not null && l.Colour is null);

    private Box FrameIn(Box box)
    {
        var longest = Y.Categories.IsEmpty ? 6 : Y.Categories.Max(c => c.Length);
        var left = 24 + Math.Clamp(longest * 7, 30, 130) + (Y.Label is null ? 0 : 14);
        var top = Title is null ? 12 : 34;
        var tall = Turned ? Math.Clamp(X.Categories.Max(c => c.Length) * 6, 30, 110) : 24;
        var bottom = tall + (X.Label is null ? 6 : 20);
        return new(box.X + left, box.Y + top, box.Width - left - Right, box.Height - top - bottom);
    }

    private bool Turned => !X.Categories.IsEmpty && X.Categories.Sum(c => c.Length + 2) > 50;

    private (Scale X, Scale Y) ScalesIn(Box frame)
    {
        var (x, y) = (Extent.Empty, Extent.Empty);
        foreach (var layer in Layers)
            (x, y) = (x.With(layer.ExtentX), y.With(layer.ExtentY));
        if (x.IsEmpty || y.IsEmpty)
            throw new BadInputException("plot: no layer has a finite value to show.");
        var tight = Layers.Any(l => l.IsTight);
        if (!tight)
            (x, y) = (X.Logarithmic ? x : x.Wider(0.03), Y.Logarithmic ? y : y.Wider(0.05));
        return (new(X, x, frame.X, frame.Right), DownwardY ? new(Y, y, frame.Y, frame.Bottom) : new(Y, y, frame.Bottom, frame.Y));
    }

    private void DrawAxes(SvgWriter svg, Box frame, Scale x, Scale y)
    {
        foreach (var (value, text) in x.Ticks())
        {
            var at = x.At(value);
            if (X.Categories.IsEmpty)
                svg.Line(at, frame.Y, at, frame.Bottom, 0.12);
            if (Turned)
                svg.Text(at + 3, frame.Bottom + 14, text, new() { Size = 11, Anchor = "end", Turn = -40 });
            else
                svg.Text(at, frame.Bottom + 16, text, new() { Size = 11, Anchor = "middle" });
        }
        foreach (var (value, text) in y.Ticks())
        {
            var at = y.At(value);
            if (Y.Categories.IsEmpty)
                svg.Line(frame.X, at, frame.Right, at, 0.12);
            svg.Text(frame.X - 6, at + 4, text, new() { Size = 11, Anchor = "end" });
        }
        svg.Line(frame.X, frame.Bottom, frame.Right, frame.Bottom, 0.6);
        svg.Line(frame.X, frame.Y, frame.X, frame.Bottom, 0.6);
        if (X.Label is not null)
            svg.Text(frame.X + frame.Width / 2,
                frame.Bottom + (Turned ? Math.Clamp(X.Categories.Max(c => c.Length) * 6, 30, 110) : 24) + 12, X.Label,
                new() { Anchor = "middle" });
        if (Y.Label is not null)
            svg.Text(frame.X - Math.Clamp((Y.Categories.IsEmpty ? 6 : Y.Categories.Max(c => c.Length)) * 7, 30, 130) - 10,
                frame.Y + frame.Height / 2, Y.Label, new() { Anchor = "middle", Turn = -90 });
    }

    private void DrawLegend(SvgWriter svg, Box frame)
    {
        var named = Enumerable.Range(0, Layers.Length).Where(i => Layers[i].Name is not null && !Layers[i].IsTight).ToList();
        if (named.Count < 2 && !(named.Count == 1 && Layers.Length > 1))
            return;
        var width = named.Max(i => Layers[i].Name!.Length) * 7 + 34;
        var left = frame.Right - width - 6;
        var top = LowLegend ? frame.Bottom - named.Count * LineHeight + 6 : frame.Y + 14;
        for (var row = 0; row < named.Count; row++)
        {
            var (at, layer) = (top + row * LineHeight, Layers[named[row]]);
            layer.DrawKey(svg, new(left, at - 5, 20, 6), Palette.At(ColourOf(named[row])));
            svg.Text(left + 26, at + 2, layer.Name!, new() { Size = 11 });
        }
    }
}
