using System.Collections.Immutable;

namespace Cairn.Learning;

/// <summary>Boxes with text, joined by arrows from left to right or top to bottom: a computation graph, a tree.</summary>
public sealed record Diagram : Panel
{
    public required ImmutableArray<DiagramNode> Nodes { get; init; }

    /// <summary>Positions in <see cref="Nodes"/>; they must not form a circle.</summary>
    public required ImmutableArray<DiagramEdge> Edges { get; init; }

    /// <summary>From top to bottom instead of left to right.</summary>
    public bool Downward { get; init; } = true;

    internal override void Draw(SvgWriter svg, Box box)
    {
        var top = Title is null ? 8 : 34;
        if (Title is not null)
            svg.Text(box.X + box.Width / 2, box.Y + 20, Title, new() { Anchor = "middle", Size = 14, Bold = true });
        var room = new Box(box.X + 8, box.Y + top, box.Width - 16, box.Height - top - 8);
        var places = DiagramLayout.Of(this);
        var depth = places.Max(p => p.Layer) + 1;
        var widest = Math.Max(1, places.Max(p => p.Place));
        var size = SizeOf(room, depth, widest);
        var centres = places.Select(p => Downward
            ? (X: room.X + (p.Place - 0.5) / widest * room.Width, Y: room.Y + (p.Layer + 0.5) / depth * room.Height)
            : (X: room.X + (p.Layer + 0.5) / depth * room.Width, Y: room.Y + (p.Place - 0.5) / widest * room.Height)).ToList();
        foreach (var edge in Edges)
            DrawEdge(svg, centres[edge.From], centres[edge.To], size, edge.Label);
        for (var i = 0; i < Nodes.Length; i++)
            DrawNode(svg, Nodes[i], centres[i], size);
    }

    private (double Width, double Height) SizeOf(Box room, int depth, double widest)
    {
        var lines = Nodes.Max(n => n.Text.Split('\n').Length);
        var (width, height) = Downward
            ? (room.Width / widest * 0.9, room.Height / depth * 0.62)
            : (room.Width / depth * 0.66, room.Height / widest * 0.8);
        return (Math.Min(width, 150), Math.Min(height, 14 + lines * 14));
    }

    private void DrawEdge(
        SvgWriter svg, (double X, double Y) from, (double X, double Y) to, (double Width, double Height) size, string? label)
    {
        var (x1, y1, x2, y2) = Downward
            ? (from.X, from.Y + size.Height / 2, to.X, to.Y - size.Height / 2)
            : (from.X + size.Width / 2, from.Y, to.X - size.Width / 2, to.Y);
        svg.Line(x1, y1, x2, y2, 0.5);
        var (along, length) = ((X: x2 - x1, Y: y2 - y1), Math.Max(1e-9, Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1))));
        var (dx, dy) = (along.X / length, along.Y / length);
        svg.Polygon([(x2, y2), (x2 - 7 * dx - 3 * dy, y2 - 7 * dy + 3 * dx), (x2 - 7 * dx + 3 * dy, y2 - 7 * dy - 3 * dx)], "currentColor",
            0.6);
        if (label is not null)
            svg.Text((x1 + x2) / 2 + 4, (y1 + y2) / 2, label, new() { Size = 10 });
    }

    private static void DrawNode(SvgWriter svg, DiagramNode node, (double X, double Y) centre, (double Width, double Height) size)
    {
        var box = new Box(centre.X - size.Width / 2, centre.Y - size.Height / 2, size.Width, size.Height);
        svg.Rectangle(box, Palette.At(node.Colour), 0.2, Palette.At(node.Colour));
        var lines = node.Text.Split('\n');
        var longest = Math.Max(1, (int)(size.Width / 5.6));
        for (var i = 0; i < lines.Length; i++)
            svg.Text(centre.X, centre.Y + 4 + (i - (lines.Length - 1) / 2.0) * 13,
                lines[i].Length > longest ? lines[i][..(longest - 1)] + "…" : lines[i], new() { Anchor = "middle", Size = 10 });
    }
}
