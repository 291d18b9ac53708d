using System.Globalization;
using AngleSharp.Dom;

namespace Cairn.Knowledge;

/// <summary>Rows of an HTML table, cells that span columns and rows repeated where they reach.</summary>
internal sealed class HtmlTables(DocumentComposer composer)
{
    private const int Widest = 256;

    public void Add(IElement table)
    {
        if (table.Below().FirstOrDefault(e => e.LocalName == "caption")?.TextContent is { Length: > 0 } caption)
            composer.Add(BlockKind.Paragraph, caption);
        var reaching = new Dictionary<int, (int Rows, string Text)>();
        List<string>? names = null;
        var first = true;
        foreach (var row in Rows(table))
        {
            var cells = Cells(row, reaching, out var headers);
            if (cells.TrueForAll(string.IsNullOrWhiteSpace))
                continue;
            if (names is null && first && headers == cells.Count)
            {
                names = cells;
                TableComposer.Header(composer, cells);
            }
            else
            {
                TableComposer.Row(composer, names, cells);
            }
            first = false;
        }
    }

    private static IEnumerable<IElement> Rows(IElement table)
        => table.Elements().SelectMany(c => c.LocalName == "tr"
            ? [c]
            : c.LocalName is "thead" or "tbody" or "tfoot" ? c.Elements().Where(r => r.LocalName == "tr") : []);

    private static List<string> Cells(IElement row, Dictionary<int, (int Rows, string Text)> reaching, out int headers)
    {
        var cells = new List<string>();
        headers = 0;
        foreach (var cell in row.Elements().Where(c => c.LocalName is "td" or "th"))
        {
            TakeReaching(cells, reaching);
            var text = ReadingText.Of(string.Concat(cell.Descendants<INode>()
                .Select(n => n is IText { ParentElement.LocalName: not ("script" or "style") } t
                    ? t.Data
                    : n is IElement { LocalName: "br" or "p" or "li" or "div" } ? " " : "")));
            var span = Math.Min(Span(cell, "colspan"), Widest - Math.Min(cells.Count, Widest - 1));
            for (var i = 0; i < span; i++)
            {
                headers += cell.LocalName == "th" ? 1 : 0;
                if (Span(cell, "rowspan") is > 1 and var rows)
                    reaching[cells.Count] = (rows - 1, text);
                cells.Add(i == 0 || cell.LocalName == "th" ? text : "");
            }
        }
        TakeReaching(cells, reaching);
        return cells;
    }

    private static void TakeReaching(List<string> cells, Dictionary<int, (int Rows, string Text)> reaching)
    {
        while (reaching.Remove(cells.Count, out var above))
        {
            if (above.Rows > 1)
                reaching[cells.Count] = (above.Rows - 1, above.Text);
            cells.Add(above.Text);
        }
    }

    private static int Span(IElement cell, string attribute)
        => int.TryParse(cell.GetAttribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, Widest)
            : 1;
}
