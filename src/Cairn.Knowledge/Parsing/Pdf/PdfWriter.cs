using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Writes words into the text and keeps where each one stands, on the page and in the text.</summary>
internal sealed class PdfWriter(DocumentComposer composer, int pageCount, IReadOnlySet<string> vocabulary)
{
    private readonly ImmutableArray<WordBox>.Builder _words = ImmutableArray.CreateBuilder<WordBox>();
    private readonly int[] _starts = [.. Enumerable.Repeat(-1, pageCount + 1)];

    public ImmutableArray<WordBox> Words => _words.ToImmutable();

    /// <summary>Where the text of a page begins; pages without text begin where the next one does.</summary>
    public int StartOf(int page)
    {
        for (var i = page; i < _starts.Length; i++)
        {
            if (_starts[i] >= 0)
                return _starts[i];
        }
        return composer.Text.Length;
    }

    public void Write(BlockKind kind, IReadOnlyList<(PdfLine Line, int Page)> lines, int level = 0)
    {
        composer.Begin(kind);
        var start = composer.Text.Length;
        Append(lines, dropMark: kind == BlockKind.ListItem);
        composer.End(kind, start, level, lines[0].Page);
    }

    /// <summary>A row of a table, each cell with its column's name before it.</summary>
    public void WriteRow(BlockKind kind, IReadOnlyList<string>? names, List<PdfLine>[] cells, int page)
    {
        composer.Begin(kind);
        var start = composer.Text.Length;
        for (var c = 0; c < cells.Length; c++)
        {
            if (cells[c].Count == 0)
                continue;
            if (composer.Text.Length > start)
                composer.Text.Append(" | ");
            if (names is not null && names[c].Length > 0)
                composer.Text.Append(names[c]).Append(": ");
            Append([.. cells[c].Select(l => (l, page))], dropMark: false);
        }
        composer.End(kind, start, 0, page);
    }

    private void Append(IReadOnlyList<(PdfLine Line, int Page)> lines, bool dropMark)
    {
        var joined = true;
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, page) = lines[i];
            for (var w = 0; w < line.Words.Count; w++)
            {
                var word = line.Words[w];
                if (dropMark && i == 0 && w == 0 && line.Words.Count > 1
                    && word.Text is "•" or "◦" or "▪" or "‣" or "·" or "–" or "-" or "*")
                    continue;
                if (!joined)
                    composer.Text.Append(' ');
                joined = false;
                var text = word.Text;
                if (w == line.Words.Count - 1 && i + 1 < lines.Count && Hyphenated(text, lines[i + 1].Line.Words[0].Text) is { } kept)
                    (text, joined) = (kept, true);
                Add(text, word, page);
            }
        }
    }

    private void Add(string text, PdfWord word, int page)
    {
        var start = composer.Text.Length;
        composer.Text.Append(text);
        if (_starts[page] < 0)
            _starts[page] = start;
        _words.Add(new WordBox(start, composer.Text.Length, page, word.X, word.Y, word.Right - word.X, word.Bottom - word.Y));
    }

    /// <summary>
    /// What stays of a word broken at a line's end, or null when it was not broken. The hyphen goes, unless the document writes the
    /// word with it elsewhere, or what follows is "und": then it stands for something left out.
    /// </summary>
    private string? Hyphenated(string text, string next)
    {
        if (text.Length < 3 || text[^1] is not ('-' or '\u2010') || !char.IsLetter(text[^2]) || !char.IsLower(next[0])
            || next is "und" or "oder" or "and" or "or" or "bzw.")
            return null;
        var rest = Bare(next);
        var first = Bare(text[..^1]);
        return vocabulary.Contains(first + "-" + rest) && !vocabulary.Contains(first + rest) ? text : text[..^1];
    }

    public static string Bare(string word)
        => word.Trim('.', ',', ';', ':', '!', '?', '(', ')', '"', '\'', '„', '“', '”', '’').ToLowerInvariant();
}
