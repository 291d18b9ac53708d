namespace Cairn.Knowledge;

/// <summary>Reads files by format.</summary>
internal sealed class DocumentParser(ParserOptions options) : IDocumentParser
{
    private static readonly Dictionary<string, IFormatParser> Parsers = new(StringComparer.Ordinal)
    {
        [Formats.Text] = new TextParser(),
        [Formats.Markdown] = new MarkdownParser(),
        [Formats.Csv] = new CsvParser(),
        [Formats.Html] = new HtmlParser(),
    };

    public string? FormatOf(string path, ReadOnlySpan<byte> head) => Formats.Of(path, head);

    public async Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Parsers.TryGetValue(format, out var parser))
            throw new UnreadableFileException("file.format_unknown", $"There is no reader for the format '{format}'.", "Leave the file out, or save it in another format.");
        var length = new FileInfo(file).Length;
        if (length == 0)
            throw Unreadable.Empty();
        if (length > options.MaxTextBytes)
            throw Unreadable.TooLarge(length, options.MaxTextBytes, "ParserOptions.MaxTextBytes");
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return parser.Parse(bytes, path, cancellationToken);
    }
}
