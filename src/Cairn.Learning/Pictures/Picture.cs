using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>
/// Panels in a grid, drawn as SVG. Text, axes and frames take the colour of the page around (<c>currentColor</c>), so that a picture set
/// into a page fits its light and its dark theme; there is no style sheet and no script in it.
/// </summary>
public sealed record Picture
{
    private const int TitleHeight = 32;

    public Picture(params ReadOnlySpan<Panel> panels) => Panels = [.. panels];

    public ImmutableArray<Panel> Panels { get; init; }

    public string? Title { get; init; }

    /// <summary>What the picture shows, for people who cannot see it.</summary>
    public string? Description { get; init; }

    /// <summary>Panels beside each other.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>Width and height of one panel in pixels, axes included.</summary>
    public (int Width, int Height) PanelSize { get; init; } = (480, 340);

    public string ToSvg()
    {
        using var text = new StringWriter();
        WriteTo(text);
        return text.ToString();
    }

    /// <exception cref="BadInputException">A panel's values do not fit each other.</exception>
    public void WriteTo(TextWriter writer)
    {
        if (Panels.IsEmpty)
            throw new BadInputException("picture: there is no panel to draw.");
        var columns = Math.Clamp(Columns, 1, Panels.Length);
        var rows = (Panels.Length + columns - 1) / columns;
        var top = Title is null ? 0 : TitleHeight;
        var (width, height) = (columns * PanelSize.Width, rows * PanelSize.Height + top);
        var svg = new SvgWriter(writer);
        svg.Begin(width, height, Title ?? Panels[0].Title ?? "Picture", Description);
        if (Title is not null)
            svg.Text(width / 2.0, 22, Title, new() { Anchor = "middle", Size = 17, Bold = true });
        for (var i = 0; i < Panels.Length; i++)
            Panels[i].Draw(svg, new Box(i % columns * PanelSize.Width, top + i / columns * PanelSize.Height, PanelSize.Width,
                PanelSize.Height));
        svg.End();
    }
}
