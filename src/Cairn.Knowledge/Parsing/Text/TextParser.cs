using System.Text.RegularExpressions;

namespace Cairn.Knowledge;

/// <summary>
/// Plain text: paragraphs at blank lines, lists by their marks, underlined headings. Lines that were wrapped to a width are joined; lines
/// that end early (addresses, tables, key and value) stay lines.
/// </summary>
internal sealed partial class TextParser : IFormatParser
{
    /// <summary>Paragraphs narrower than this are not taken for wrapped prose.</summary>
    private const int NarrowestWrap = 45;

    private const int LongestTitle = 90;

    public ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        var notices = new List<string>();
        var text = TextDecoder.Decode(bytes.Span, notices);
        var composer = new DocumentComposer(text.Length);
        notices.ForEach(composer.Notice);
        Compose(text, composer, cancellationToken);
        return composer.Finish();
    }

    internal static void Compose(string text, DocumentComposer composer, CancellationToken cancellationToken)
    {
        var paragraph = new List<Range>();
        foreach (var range in Lines(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!text.AsSpan(range).IsWhiteSpace())
            {
                paragraph.Add(range);
                continue;
            }
            Flush(text, paragraph, composer);
        }
        Flush(text, paragraph, composer);
    }

    private static IEnumerable<Range> Lines(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r', '\f');
            if (length < 0)
                length = text.Length - start;
            var end = start + length;
            yield return start..end;
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    private static void Flush(string text, List<Range> lines, DocumentComposer composer)
    {
        if (lines.Count == 0)
            return;
        var first = 0;
        if (lines.Count >= 2 && Underline(text.AsSpan(lines[1])) is var level and > 0 && !IsRule(text.AsSpan(lines[0])))
        {
            composer.Add(BlockKind.Heading, text.AsSpan(lines[0]), level);
            first = 2;
        }
        else if (IsShouted(text.AsSpan(lines[0])) || (composer.Blocks == 0 && lines.Count == 1 && IsTitle(text.AsSpan(lines[0]))))
        {
            composer.Add(BlockKind.Heading, text.AsSpan(lines[0]), composer.Blocks == 0 ? 1 : 2);
            first = 1;
        }
        var width = 0;
        foreach (var line in lines)
            width = Math.Max(width, text.AsSpan(line).TrimEnd().Length);
        while (first < lines.Count)
        {
            var last = first + 1;
            var marked = ListMark().IsMatch(text.AsSpan(lines[first]));
            while (last < lines.Count && !ListMark().IsMatch(text.AsSpan(lines[last]))
                && (marked || !ListMark().IsMatch(text.AsSpan(lines[last - 1]))))
                last++;
            AddLines(text, lines.GetRange(first, last - first), marked, width, composer);
            first = last;
        }
        lines.Clear();
    }

    private static void AddLines(string text, List<Range> lines, bool marked, int width, DocumentComposer composer)
    {
        var joined = new System.Text.StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = text.AsSpan(lines[i]).Trim();
            if (IsRule(line))
                continue;
            if (i == 0 && marked)
                line = Bullet().Match(line.ToString()) is { Success: true } bullet ? line[bullet.Length..] : line;
            joined.Append(line);
            if (i + 1 < lines.Count)
                joined.Append(IsWrapped(text.AsSpan(lines[i]).TrimEnd(), text.AsSpan(lines[i + 1]), width) ? ' ' : '\n');
        }
        composer.Add(marked ? BlockKind.ListItem : BlockKind.Paragraph, joined.ToString(), marked ? 1 : 0, whitespace: Whitespace.Lines);
    }

    /// <summary>A line was wrapped when the next line's first word would not have fitted, or when a sentence visibly goes on.</summary>
    private static bool IsWrapped(ReadOnlySpan<char> line, ReadOnlySpan<char> next, int width)
    {
        if (width < NarrowestWrap || line.Contains('\t') || next.Trim().IsEmpty)
            return false;
        next = next.Trim();
        var word = next.IndexOf(' ');
        return line.Length + 1 + (word < 0 ? next.Length : word) > width - 2 || (char.IsLower(next[0]) && line.Length > width / 2);
    }

    private static int Underline(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.Length < 3 ? 0 : line.TrimStart('=').IsEmpty ? 1 : line.TrimStart('-').IsEmpty ? 2 : 0;
    }

    /// <summary>A short line in capitals heads what follows.</summary>
    private static bool IsShouted(ReadOnlySpan<char> line)
        => IsTitle(line) && line.ContainsAnyInRange('A', 'Z') && !line.ContainsAnyInRange('a', 'z') && line.Trim().Contains(' ');

    private static bool IsTitle(ReadOnlySpan<char> line)
        => line.Trim() is { Length: >= 4 and <= LongestTitle } title && char.IsLetter(title[0])
            && title[^1] is not ('.' or ',' or ';' or ':' or '!' or '?');

    private static bool IsRule(ReadOnlySpan<char> line) => line.Trim() is { Length: >= 3 } rule && rule.Trim("-=_*~#+|").IsEmpty;

    [GeneratedRegex(@"^\s*([-*•–‣◦]|\(?(\d{1,3}|[a-z])[.)]|\([ivx]+\))\s+\S")]
    private static partial Regex ListMark();

    [GeneratedRegex(@"^[-*•–‣◦]\s+")]
    private static partial Regex Bullet();
}
