using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>Makes a document of pages: columns in reading order, headings by their height, tables by their columns.</summary>
internal sealed partial class PdfComposer
{
    private const float HeadingHeight = 1.12f;
    private const int LongestHeading = 160;
    private const int WordsOfProse = 6;

    private readonly DocumentComposer _composer = new();
    private readonly List<PdfPage> _pages;
    private readonly PdfWriter _writer;
    private readonly PdfParagraphs _paragraphs;
    private readonly float _bodyHeight;
    private readonly List<float> _headingHeights;
    private PdfTable? _lastTable;
    private List<string>? _lastNames;

    public PdfComposer(List<PdfPage> pages)
    {
        _pages = pages;
        var lines = pages.SelectMany(p => p.Lines).ToList();
        var prose = lines.Where(l => l.Words.Count >= WordsOfProse).ToList();
        _bodyHeight = (prose.Count > 2 ? prose : lines).GroupBy(l => MathF.Round(l.Height * 2) / 2)
            .MaxBy(g => g.Sum(l => l.Words.Sum(w => w.Text.Length)))?.Key ?? 10;
        var pitches = pages.SelectMany(p => p.Lines.Zip(p.Lines.Skip(1)))
            .Where(l => Math.Abs(l.First.Height - _bodyHeight) < 1 && Math.Abs(l.First.X - l.Second.X) < 20)
            .Select(l => l.Second.Y - l.First.Y)
            .Where(d => d > _bodyHeight * 0.8f && d < _bodyHeight * 2.2f)
            .Order()
            .ToList();
        var pitch = pitches.Count > 0 ? pitches[pitches.Count / 3] : _bodyHeight * 1.3f;
        _paragraphs = new PdfParagraphs(pitch) { BodyHeight = _bodyHeight };
        _writer = new PdfWriter(_composer, pages.Count, lines.SelectMany(l => l.Words).Select(w => PdfWriter.Bare(w.Text)).ToHashSet());
        _headingHeights = [.. lines.Where(l => l.Height > _bodyHeight * HeadingHeight && l.Text.Length <= LongestHeading)
            .Select(l => MathF.Round(l.Height)).Distinct().OrderDescending()];
    }

    public ParsedDocument Compose(string? title, CancellationToken cancellationToken)
    {
        var open = new List<(PdfLine Line, int Page)>();
        foreach (var page in _pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (page.Lines.Count == 0)
                _composer.Notice($"page {page.Number} has no text layer");
            TakePage(page, open);
        }
        WriteProse(open);
        var document = _composer.Finish(title);
        return document with { Words = _writer.Words, Pages = Pages(document.Text.Length) };
    }

    private void TakePage(PdfPage page, List<(PdfLine Line, int Page)> open)
    {
        var tables = PdfTable.Find(page.Lines);
        var inTables = tables.SelectMany(t => t.Lines).ToHashSet();
        var rest = page.Lines.Where(l => !inTables.Contains(l)).ToList();
        if (PdfOrder.Gutter(rest) is { } gutter)
        {
            TakeColumns(page, gutter, open);
            return;
        }
        foreach (var table in tables)
        {
            open.AddRange(PdfOrder.Of([.. rest.Where(l => l.Y < table.Y)]).Select(l => (l, page.Number)));
            rest.RemoveAll(l => l.Y < table.Y);
            WriteProse(open);
            WriteTable(table, page.Number);
        }
        open.AddRange(PdfOrder.Of(rest).Select(l => (l, page.Number)));
    }

    /// <summary>On a page of columns a table stands inside one of them.</summary>
    private void TakeColumns(PdfPage page, float gutter, List<(PdfLine Line, int Page)> open)
    {
        var tables = PdfTable.Find([.. page.Lines.Where(l => PdfOrder.IsLeft(l, gutter))]);
        tables.AddRange(PdfTable.Find([.. page.Lines.Where(l => l.X >= gutter)]));
        var owners = tables.SelectMany(t => t.Lines.Select(l => (l, t))).ToDictionary(p => p.l, p => p.t);
        var written = new HashSet<PdfTable>();
        foreach (var line in PdfOrder.Of(page.Lines, gutter))
        {
            if (!owners.TryGetValue(line, out var table))
            {
                open.Add((line, page.Number));
            }
            else if (written.Add(table))
            {
                WriteProse(open);
                WriteTable(table, page.Number);
            }
        }
    }

    private ImmutableArray<PageSize> Pages(int length)
        => [.. _pages.Select(p => new PageSize(p.Number, p.Width, p.Height, p.Number == 1 ? 0 : _writer.StartOf(p.Number),
            p.Number == _pages.Count ? length : _writer.StartOf(p.Number + 1)))];

    private void WriteProse(List<(PdfLine Line, int Page)> open)
    {
        foreach (var paragraph in _paragraphs.Join(open))
        {
            _lastTable = null;
            if (HeadingLevel(paragraph) is > 0 and var level)
                _writer.Write(BlockKind.Heading, paragraph.Lines, level);
            else
                _writer.Write(PdfParagraphs.ListMark().IsMatch(paragraph.First.Text) ? BlockKind.ListItem : BlockKind.Paragraph,
                    paragraph.Lines, 0);
        }
        open.Clear();
    }

    private int HeadingLevel(PdfParagraph paragraph)
    {
        var first = paragraph.First;
        var length = paragraph.Lines.Sum(l => l.Line.Text.Length + 1);
        if (length > LongestHeading || paragraph.Lines.Count > 3 || !first.Text.Any(char.IsLetter) || IsSentence(paragraph))
            return 0;
        if (first.Height > _bodyHeight * HeadingHeight)
            return Math.Min(1 + Math.Max(0, _headingHeights.IndexOf(MathF.Round(first.Height))), 6);
        if (paragraph.Lines.Count == 1 && length < 80 && first.Height >= _bodyHeight * 0.97f
            && Numbered().Match(first.Text) is { Success: true } numbered)
            return Math.Min(_headingHeights.Count + numbered.Groups[1].Value.Count(c => c == '.') + 1, 6);
        return 0;
    }

    private static bool IsSentence(PdfParagraph paragraph)
        => paragraph.Last.Words[^1].Text[^1] == '.' && paragraph.Lines.Sum(l => l.Line.Words.Count) > WordsOfProse;

    private void WriteTable(PdfTable table, int page)
    {
        var goesOn = _lastTable is not null && _lastTable.SameColumnsAs(table);
        var names = goesOn ? _lastNames : HeaderOf(table);
        var isHeader = goesOn && names is not null && Texts(table.Rows[0]).SequenceEqual(names);
        for (var r = 0; r < table.Rows.Count; r++)
        {
            if (r == 0 && !goesOn && names is not null)
                _writer.WriteRow(BlockKind.TableHeader, null, table.Rows[r], page);
            else if (r > 0 || !isHeader)
                _writer.WriteRow(BlockKind.TableRow, names, table.Rows[r], page);
        }
        (_lastTable, _lastNames) = (table, names);
    }

    /// <summary>The first row names the columns when it has no values where the rows below have some; years may be names.</summary>
    private static List<string>? HeaderOf(PdfTable table)
    {
        var first = Texts(table.Rows[0]);
        if (first.Count(c => c.Length > 0) < Math.Max(2, first.Count - 1) || first.Exists(c => c.Length > 40))
            return null;
        for (var c = 0; c < first.Count; c++)
        {
            if (IsValue(first[c]) && !Year().IsMatch(first[c])
                && table.Rows.Skip(1).Count(r => IsValue(Text(r[c]))) * 2 > table.Rows.Count - 1)
                return null;
        }
        return first;
    }

    private static bool IsValue(string text)
        => text.TrimStart('€', '$', '£', '+', '-', '−', ' ') is { Length: > 0 } rest && char.IsAsciiDigit(rest[0]);

    private static List<string> Texts(List<PdfLine>[] row) => [.. row.Select(Text)];

    private static string Text(List<PdfLine> cell) => string.Join(' ', cell.Select(l => l.Text));

    [GeneratedRegex(@"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\p{Lu}[^.!?]*$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\b(19|20)\d\d\b")]
    private static partial Regex Year();
}
