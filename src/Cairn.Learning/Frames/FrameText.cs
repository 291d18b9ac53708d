using System.Globalization;
using System.Text;

namespace Cairn.Learning;

/// <summary>A frame as a table that fits a terminal: the first and last rows, and as many columns as there is room for.</summary>
internal static class FrameText
{
    private const int Width = 100, HeadRows = 10, TailRows = 5, WidestCell = 28;

    public static string Write(Frame frame)
    {
        var rows = RowsOf(frame.RowCount);
        var columns = new List<string[]> { rows.Select(r => r < 0 ? "…" : r.ToString(CultureInfo.InvariantCulture)).Prepend("").ToArray() };
        var width = columns[0].Max(c => c.Length);
        var shown = 0;
        for (; shown < frame.Columns.Length; shown++)
        {
            var cells = Cells(frame.Names[shown], frame.Columns[shown], rows);
            var needed = cells.Max(c => c.Length) + 2;
            if (width + needed > Width && shown > 0)
                break;
            width += needed;
            columns.Add(cells);
        }
        var text = new StringBuilder();
        for (var line = 0; line <= rows.Count; line++)
        {
            for (var c = 0; c < columns.Count; c++)
                text.Append(c == 0 ? "" : "  ")
                    .Append(Pad(columns[c][line], columns[c].Max(x => x.Length), c > 0 && frame.Columns[c - 1] is TextColumn));
            while (text.Length > 0 && text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }
        text.Append(CultureInfo.InvariantCulture, $"{frame.RowCount:N0} rows, {frame.Columns.Length} columns");
        if (shown < frame.Columns.Length)
            text.Append(CultureInfo.InvariantCulture, $"; not shown: {string.Join(", ", frame.Names.Skip(shown))}");
        return text.ToString();
    }

    private static List<int> RowsOf(int count)
        => count <= HeadRows + TailRows
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, HeadRows), -1, .. Enumerable.Range(count - TailRows, TailRows)];

    private static string[] Cells(string name, Column column, List<int> rows)
        => [Cut(name), .. rows.Select(r => r < 0
            ? "…"
            : column.IsMissing(r)
                ? "–"
                : Cut(column is NumberColumn n ? n.Values[r].ToString("G6", CultureInfo.InvariantCulture) : column.TextOf(r)))];

    private static string Cut(string cell)
    {
        var line = cell.ReplaceLineEndings(" ");
        return line.Length <= WidestCell ? line : line[..(WidestCell - 1)] + "…";
    }

    private static string Pad(string cell, int width, bool left) => left ? cell.PadRight(width) : cell.PadLeft(width);
}
