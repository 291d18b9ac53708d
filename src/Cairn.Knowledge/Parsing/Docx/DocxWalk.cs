using System.Xml.Linq;

namespace Cairn.Knowledge;

/// <summary>Turns Word's paragraphs and tables into blocks.</summary>
internal sealed class DocxWalk(DocxStyles styles, DocxNumbering numbering)
{
    private readonly DocumentComposer _composer = new();
    private string? _title;

    public void Take(XElement element)
    {
        if (element.Name.LocalName == "tbl")
            TakeTable(element);
        else
            TakeParagraph(element);
    }

    public void TakeNotes(IEnumerable<XElement> notes)
    {
        foreach (var note in notes.Where(n => n.Value("type") is null or "normal"))
        {
            var text = string.Join(' ', note.Descendants().Where(e => e.Name.LocalName == "p").Select(DocxText.Of));
            if (!string.IsNullOrWhiteSpace(text))
                _composer.Add(BlockKind.Paragraph, $"[{note.Value("id")}] {text}");
        }
    }

    public ParsedDocument Finish(string? property)
        => _composer.Finish(_title
            ?? (property is null || property.Equals("Word Document", StringComparison.OrdinalIgnoreCase)
                || property.StartsWith("Microsoft Word", StringComparison.OrdinalIgnoreCase) ? null : property));

    private void TakeParagraph(XElement paragraph)
    {
        var properties = paragraph.Child("pPr");
        var style = properties?.Child("pStyle").Value();
        var text = DocxText.Of(paragraph);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var (number, depth) = NumberOf(properties, style);
            var level = styles.HeadingLevel(style, properties);
            if (level > 0)
                _composer.Add(BlockKind.Heading, number + text, level);
            else if (number is not null)
                _composer.Add(BlockKind.ListItem, number + text, depth + 1, whitespace: Whitespace.Lines);
            else
                _composer.Add(styles.IsQuote(style) ? BlockKind.Quote : BlockKind.Paragraph, text, whitespace: Whitespace.Lines);
            _title ??= styles.IsTitle(style) ? text : null;
        }
        foreach (var boxed in DocxText.Boxed(paragraph).ToList())
            _composer.Add(BlockKind.Paragraph, DocxText.Of(boxed));
    }

    private (string? Number, int Depth) NumberOf(XElement? properties, string? style)
    {
        var own = properties?.Child("numPr");
        var inherited = styles.Numbering(style);
        if ((own?.Child("numId").Number() ?? inherited?.Number) is not { } number)
            return (null, 0);
        var level = own?.Child("ilvl").Number() ?? inherited?.Level ?? numbering.LevelOf(number, style);
        return (numbering.Next(number, level), level);
    }

    private void TakeTable(XElement table)
    {
        var rows = Own(table, "tr").Where(r => r.Child("trPr")?.Child("del") is null).Select(r => (Row: r, Cells: Cells(r)))
            .Where(r => r.Cells.Exists(c => c.Length > 0)).ToList();
        if (rows.Count == 0)
            return;
        if (rows.Max(r => r.Cells.Count) == 1 || rows.Count == 1)
        {
            foreach (var inner in rows.SelectMany(r => Own(r.Row, "tc")).SelectMany(c => c.Elements())
                .Where(e => e.Name.LocalName is "p" or "tbl"))
                Take(inner);
            return;
        }
        var above = new Dictionary<int, string>();
        List<string>? names = null;
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = Merged(rows[i].Row, rows[i].Cells, above);
            if (i == 0 && IsHeader(rows[0].Row, cells, rows[1].Cells))
            {
                names = cells;
                TableComposer.Header(_composer, cells);
            }
            else
            {
                TableComposer.Row(_composer, names, cells);
            }
        }
    }

    private static bool IsHeader(XElement row, List<string> cells, List<string> next)
        => row.Child("trPr")?.Child("tblHeader").IsOn() == true
           || (cells.Count == next.Count && cells.Count(c => c.Length > 0) >= Math.Max(2, cells.Count - 1)
               && cells.TrueForAll(c => c.Length <= 60 && !c.Contains(". ", StringComparison.Ordinal))
               && cells.Zip(next).All(c => !c.First.Any(char.IsAsciiDigit) || !c.Second.Any(char.IsAsciiDigit)
                   || c.First.Any(char.IsLetter)));

    /// <summary>Cells with what spans columns kept in place and what spans rows repeated.</summary>
    private static List<string> Merged(XElement row, List<string> texts, Dictionary<int, string> above)
    {
        var cells = new List<string>();
        var at = 0;
        foreach (var cell in Own(row, "tc"))
        {
            var properties = cell.Child("tcPr");
            var merge = properties?.Child("vMerge");
            var text = merge is not null && (merge.Value() is null or "continue") ? above.GetValueOrDefault(cells.Count, "") : texts[at];
            at++;
            if (merge is not null)
                above[cells.Count] = text;
            cells.Add(text);
            for (var span = Math.Clamp(properties?.Child("gridSpan").Number() ?? 1, 1, 64); span > 1; span--)
                cells.Add("");
        }
        return cells;
    }

    private static List<string> Cells(XElement row)
        => [.. Own(row, "tc").Select(c => ReadingText.Of(string.Join(' ',
            c.Descendants().Where(e => e.Name.LocalName == "p").Select(DocxText.Of))))];

    /// <summary>Children of a name, also inside content controls and insertions.</summary>
    private static IEnumerable<XElement> Own(XElement element, string name)
        => element.Elements().SelectMany(e => e.Name.LocalName == name
            ? [e]
            : e.Name.LocalName is "sdt" or "sdtContent" or "ins" or "customXml" ? Own(e, name) : []);
}
