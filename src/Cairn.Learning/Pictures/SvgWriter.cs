using System.Globalization;
using System.Security;

namespace Cairn.Learning;

/// <summary>
/// Writes the few shapes that pictures are made of. Numbers have at most two decimals; everything from outside is escaped.
/// </summary>
internal sealed class SvgWriter(TextWriter writer)
{
    public void Begin(double width, double height, string title, string? description)
    {
        writer.Write(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" height=\"{N(height)}\" role=\"img\" font-family=\"system-ui, sans-serif\">");
        writer.Write($"<title>{Escape(title)}</title>");
        if (description is not null)
            writer.Write($"<desc>{Escape(description)}</desc>");
    }

    public void End() => writer.Write("</svg>");

    public void Line(double x1, double y1, double x2, double y2, double opacity = 1, string stroke = "currentColor")
        => writer.Write(
            $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\"{Opacity("stroke-opacity", opacity)}/>");

    public void Rectangle(Box box, string fill, double opacity = 1, string? stroke = null)
        => writer.Write(
            $"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" fill=\"{fill}\"{Opacity("fill-opacity", opacity)}{(stroke is null ? "" : $" stroke=\"{stroke}\"")}/>");

    public void Circle(double x, double y, double radius, string fill, double opacity = 1)
        => writer.Write($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{fill}\"{Opacity("fill-opacity", opacity)}/>");

    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width = 1.8, string? dash = null)
        => writer.Write(
            $"<polyline points=\"{Points(points)}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\" stroke-linejoin=\"round\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}/>");

    public void Polygon(IEnumerable<(double X, double Y)> points, string fill, double opacity)
        => writer.Write($"<polygon points=\"{Points(points)}\" fill=\"{fill}\"{Opacity("fill-opacity", opacity)}/>");

    public void Text(double x, double y, string text, TextLook look)
    {
        writer.Write($"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{look.Size}\" fill=\"{look.Colour}\"");
        if (look.Anchor != "start")
            writer.Write($" text-anchor=\"{look.Anchor}\"");
        if (look.Bold)
            writer.Write(" font-weight=\"600\"");
        if (look.Turn != 0)
            writer.Write($" transform=\"rotate({look.Turn} {N(x)} {N(y)})\"");
        writer.Write($">{Escape(text)}</text>");
    }

    /// <summary>
    /// Everything until <see cref="EndClip"/> is cut at the box. Pictures in one page share names, so a name tells the place: the same name
    /// is the same box.
    /// </summary>
    public void BeginClip(Box box)
    {
        var name = $"clip-{N(box.X)}-{N(box.Y)}-{N(box.Width)}-{N(box.Height)}".Replace('.', '_');
        writer.Write(
            $"<clipPath id=\"{name}\"><rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\"/></clipPath><g clip-path=\"url(#{name})\">");
    }

    public void EndClip() => writer.Write("</g>");

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Opacity(string name, double opacity) => opacity >= 1 ? "" : $" {name}=\"{N(opacity)}\"";

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    // Characters that XML cannot hold at all become a box.
    private static string Escape(string text)
        => SecurityElement.Escape(string.Concat(text.Select(c => c < ' ' && c is not ('\t' or '\n') || c is '\uFFFE' or '\uFFFF'
            ? '\u25A1'
            : c)))!;
}
