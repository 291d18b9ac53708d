namespace Cairn.Knowledge;

/// <summary>
/// Lines that stand in rows and columns. A run of rows is a table when some column is mostly empty to its right, which columns of prose
/// never are. Cells that were wrapped are joined.
/// </summary>
internal sealed class PdfTable
{
    private const float WidestPitch = 3.2f;
    private const float TightPitch = 1.4f;
    private const int WordsOfProse = 5;
    private const double FilledLikeProse = 0.65;

    private PdfTable(List<(float Left, float Right)> columns, List<List<PdfLine>[]> rows, List<PdfLine> lines)
        => (Columns, Rows, Lines) = (columns, rows, lines);

    public List<(float Left, float Right)> Columns { get; }

    /// <summary>Per row, per column: the lines of the cell from top to bottom.</summary>
    public List<List<PdfLine>[]> Rows { get; }

    public List<PdfLine> Lines { get; }

    public float Y => Lines.Min(l => l.Y);

    public static List<PdfTable> Find(List<PdfLine> lines)
    {
        var tables = new List<PdfTable>();
        var rows = VisualRows(lines);
        for (var first = 0; first < rows.Count; first++)
        {
            if (rows[first].Count < 2)
                continue;
            var last = first + 1;
            while (last < rows.Count && Continues(rows, first, last))
                last++;
            while (last > first + 1 && rows[last - 1].Count < 2
                && rows[last - 1][0].Y - rows[last - 2].Min(l => l.Y) > rows[last - 1][0].Height * TightPitch)
                last--;
            if (last - first >= 3 && Build(rows.GetRange(first, last - first)) is { } table)
            {
                tables.Add(table);
                first = last - 1;
            }
        }
        return tables;
    }

    public bool SameColumnsAs(PdfTable other)
        => Columns.Count == other.Columns.Count
            && Columns.Zip(other.Columns)
                .All(c => Math.Abs(c.First.Left - c.Second.Left) < 12 || Math.Abs(c.First.Right - c.Second.Right) < 12);

    private static List<List<PdfLine>> VisualRows(List<PdfLine> lines)
    {
        var rows = new List<List<PdfLine>>();
        foreach (var line in lines.OrderBy(l => l.Y))
        {
            if (rows.Count > 0 && rows[^1].Exists(line.Beside))
                rows[^1].Add(line);
            else
                rows.Add([line]);
        }
        rows.ForEach(r => r.Sort((a, b) => a.X.CompareTo(b.X)));
        return rows;
    }

    /// <summary>The next row belongs to the run: near enough, and in columns, or the rest of a wrapped cell.</summary>
    private static bool Continues(List<List<PdfLine>> rows, int first, int next)
    {
        var (before, row) = (rows[next - 1], rows[next]);
        var height = before.Max(l => l.Height);
        if (row.Min(l => l.Y) - before.Min(l => l.Y) > height * WidestPitch || row.Max(l => l.Height) > height * 1.3f)
            return false;
        if (row.Count >= 2)
            return true;
        var above = rows.GetRange(first, next - first);
        if (row[0].Y - before.Min(l => l.Y) < height * TightPitch && row[0].Width < above.Max(r => r[^1].Right - r[0].X) * 0.4)
            return true;
        return row[0].Width < above.Max(r => r[^1].Right) * 0.6
            && above.Exists(r => r.Count > 1 && r.Skip(1).Any(c => Math.Abs(c.X - row[0].X) < 3) && row[0].X > r[0].Right);
    }

    private static PdfTable? Build(List<List<PdfLine>> rows)
    {
        var columns = ColumnsOf(rows);
        if (columns.Count < 2)
            return null;
        var right = columns[^1].Right;
        var (emptiest, wordiest) = (1.0, int.MaxValue);
        for (var c = 0; c < columns.Count; c++)
        {
            var width = (c + 1 < columns.Count ? columns[c + 1].Left : right) - columns[c].Left;
            var lines = rows.SelectMany(r => r).Where(l => ColumnOf(columns, l) == c).ToList();
            var fills = lines.Select(l => l.Width / Math.Max(width, 1)).Order().ToList();
            wordiest = Math.Min(wordiest, lines.Select(l => l.Words.Count).Order().ElementAtOrDefault(lines.Count / 2));
            if (c + 1 < columns.Count && fills.Count >= 2)
                emptiest = Math.Min(emptiest, fills[fills.Count / 2]);
        }
        var inColumns = rows.Count(r => r.Select(l => ColumnOf(columns, l)).Distinct().Count() >= 2);
        if (emptiest > FilledLikeProse || (wordiest >= WordsOfProse && emptiest > FilledLikeProse / 2) || inColumns * 2 < rows.Count)
            return null;
        return new PdfTable(columns, Cells(rows, columns), [.. rows.SelectMany(r => r)]);
    }

    /// <summary>What overlaps sideways is one column.</summary>
    private static List<(float Left, float Right)> ColumnsOf(List<List<PdfLine>> rows)
    {
        var columns = new List<(float Left, float Right)>();
        foreach (var line in rows.SelectMany(r => r).OrderBy(l => l.X))
        {
            if (columns.Count > 0 && line.X < columns[^1].Right)
                columns[^1] = (columns[^1].Left, Math.Max(columns[^1].Right, line.Right));
            else
                columns.Add((line.X, line.Right));
        }
        return columns;
    }

    private static int ColumnOf(List<(float Left, float Right)> columns, PdfLine line)
        => Math.Max(0, columns.FindLastIndex(c => c.Left <= line.X + 0.5f));

    private static List<List<PdfLine>[]> Cells(List<List<PdfLine>> rows, List<(float Left, float Right)> columns)
    {
        var cells = new List<List<PdfLine>[]>();
        var pitches = rows.Zip(rows.Skip(1), (a, b) => b.Min(l => l.Y) - a.Min(l => l.Y)).Order().ToList();
        var tallest = pitches.Count > 0 ? pitches[^1] : 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var pitch = i == 0 ? float.MaxValue : rows[i].Min(l => l.Y) - rows[i - 1].Min(l => l.Y);
            var starts = ColumnOf(columns, rows[i][0]) == 0;
            var wrapped = i > 0 && pitch < rows[i].Max(l => l.Height) * 1.45f && (!starts || pitch < tallest * 0.8f);
            if (!wrapped)
                cells.Add([.. columns.Select(_ => new List<PdfLine>())]);
            foreach (var line in rows[i])
                cells[^1][ColumnOf(columns, line)].Add(line);
        }
        return cells;
    }
}
