using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Writes tables so that a row can be read, found and cited alone: where the columns have names, each cell repeats its own
/// (<c>Berth: E1 | Length m: 320</c>). Empty cells are left out of such rows.
/// </summary>
internal static class TableComposer
{
    public static void Header(DocumentComposer composer, IReadOnlyList<string> names, int? page = null)
        => composer.Add(BlockKind.TableHeader, string.Join(" | ", names.Select(Cell).Where(n => n.Length > 0)), page: page);

    public static void Row(DocumentComposer composer, IReadOnlyList<string>? names, IReadOnlyList<string> cells, int? page = null)
    {
        var row = new StringBuilder();
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = Cell(cells[i]);
            if (cell.Length == 0)
                continue;
            if (row.Length > 0)
                row.Append(" | ");
            if (names is not null && i < names.Count && Cell(names[i]) is { Length: > 0 } name)
                row.Append(name).Append(name[^1] is ':' or '?' ? " " : ": ");
            row.Append(cell);
        }
        composer.Add(BlockKind.TableRow, row.ToString(), page: page);
    }

    private static string Cell(string text) => text.Contains('|', StringComparison.Ordinal) ? text.Replace('|', '/').Trim() : text.Trim();
}
