using System.Collections.Immutable;

namespace Cairn.Knowledge.Tests;

/// <summary>Reads text files whose first lines may be <c>name: value</c> between two <c>---</c>; enough to test ingestion by.</summary>
internal sealed class PlainParser : IDocumentParser
{
    public List<string> Parsed { get; } = [];

    public string? FormatOf(string path, ReadOnlySpan<byte> head) => Path.GetExtension(path) switch
    {
        ".md" => "markdown",
        ".txt" => "text",
        ".pdf" => "pdf",
        _ => null,
    };

    public async Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        lock (Parsed)
            Parsed.Add(path);
        if (text.Contains("BROKEN", StringComparison.Ordinal))
            throw new UnreadableFileException("file.broken", "The file is broken.", "Mend it.");
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        var body = text;
        if (text.StartsWith("---\n", StringComparison.Ordinal))
        {
            var end = text.IndexOf("\n---\n", StringComparison.Ordinal);
            foreach (var line in text[4..end].Split('\n'))
                metadata[line.Split(": ")[0]] = line.Split(": ")[1];
            body = text[(end + 5)..];
        }
        return new ParsedDocument
        {
            Text = body,
            Title = body.StartsWith("# ", StringComparison.Ordinal) ? body.Split('\n')[0][2..] : null,
            Metadata = metadata.ToImmutable(),
            Access = metadata.TryGetValue("access", out var allow) ? new AccessList { Allow = [.. allow.Split(',')] } : null,
            Blocks = [new Block(BlockKind.Paragraph, 0, body.Length)],
            Pages = format == "pdf" ? [new PageSize(1, 595, 842, 0, body.Length)] : [],
            Words = format == "pdf" ? [.. Words(body)] : [],
        };
    }

    /// <summary>One word after the other, 5 points per letter, lines 12 points apart.</summary>
    private static IEnumerable<WordBox> Words(string text)
    {
        var (line, lineStart) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is '\n' or ' ')
            {
                if (text[i] == '\n')
                    (line, lineStart) = (line + 1, i + 1);
                i++;
                continue;
            }
            var end = text.AsSpan(i).IndexOfAny(' ', '\n') is >= 0 and var length ? i + length : text.Length;
            yield return new WordBox(i, end, 1, 50 + (5 * (i - lineStart)), 100 + (12 * line), 5 * (end - i), 10);
            i = end;
        }
    }
}
