namespace Cairn.Knowledge;

/// <summary>
/// The order in which a page's lines are read. A gutter is where few lines cross; what crosses it parts the page into bands, and in each
/// band the left side is read before the right one.
/// </summary>
internal static class PdfOrder
{
    private const int FewestLines = 3;
    private const float NarrowestGutter = 5;
    private const double MostCrossing = 0.35;

    public static List<PdfLine> Of(List<PdfLine> lines) => Gutter(lines) is { } gutter ? Of(lines, gutter) : Rows(lines);

    /// <summary>The order when a gutter is known: each side as if it were a page of its own.</summary>
    public static List<PdfLine> Of(List<PdfLine> lines, float gutter)
    {
        var order = new List<PdfLine>(lines.Count);
        var (left, right) = (new List<PdfLine>(), new List<PdfLine>());
        foreach (var line in lines.OrderBy(l => l.Y))
        {
            if (IsLeft(line, gutter))
            {
                left.Add(line);
            }
            else if (line.X >= gutter)
            {
                right.Add(line);
            }
            else
            {
                Close(order, left, right);
                order.Add(line);
            }
        }
        Close(order, left, right);
        return order;
    }

    public static bool IsLeft(PdfLine line, float gutter) => line.Right <= gutter - NarrowestGutter;

    private static void Close(List<PdfLine> order, List<PdfLine> left, List<PdfLine> right)
    {
        order.AddRange(Of(left));
        order.AddRange(Of(right));
        left.Clear();
        right.Clear();
    }

    /// <summary>The place between two columns that the fewest lines cross, or null when the lines stand in one column.</summary>
    public static float? Gutter(List<PdfLine> lines)
    {
        if (lines.Count < 2 * FewestLines)
            return null;
        var (best, fewest, widest) = ((float?)null, (int)(lines.Count * MostCrossing) + 1, 0f);
        foreach (var x in lines.Select(l => l.X).Distinct().Order().Skip(1))
        {
            var crossing = 0;
            var (left, right, edge) = (0, 0, 0f);
            var (leftTop, leftBottom, rightTop, rightBottom) = (float.MaxValue, 0f, float.MaxValue, 0f);
            foreach (var line in lines)
            {
                if (line.Right <= x - 1 - NarrowestGutter)
                {
                    left++;
                    (edge, leftTop, leftBottom) = (Math.Max(edge, line.Right), Math.Min(leftTop, line.Y),
                        Math.Max(leftBottom, line.Bottom));
                }
                else if (line.X >= x - 1)
                {
                    right++;
                    (rightTop, rightBottom) = (Math.Min(rightTop, line.Y), Math.Max(rightBottom, line.Bottom));
                }
                else
                {
                    crossing++;
                }
            }
            var together = Math.Min(leftBottom, rightBottom) - Math.Max(leftTop, rightTop);
            if (left < FewestLines || right < FewestLines || together < 30)
                continue;
            if (crossing < fewest || (crossing == fewest && x - edge > widest))
                (best, fewest, widest) = (x - 1, crossing, x - edge);
        }
        return best;
    }

    private static List<PdfLine> Rows(List<PdfLine> lines)
    {
        var order = lines.OrderBy(l => l.Y).ToList();
        for (var i = 1; i < order.Count; i++)
        {
            for (var j = i; j > 0 && order[j].X < order[j - 1].X && order[j].Beside(order[j - 1]); j--)
                (order[j], order[j - 1]) = (order[j - 1], order[j]);
        }
        return order;
    }
}
