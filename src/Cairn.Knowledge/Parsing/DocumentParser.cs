namespace Cairn.Knowledge;

/// <summary>Reads files by format: plain text in this process, what a hostile file could abuse in a sandboxed worker.</summary>
internal sealed class DocumentParser(ParserOptions options, ParserWorkers workers) : IDocumentParser
{
    private static readonly Dictionary<string, IFormatParser> InProcess = new(StringComparer.Ordinal)
    {
        [Formats.Text] = new TextParser(),
        [Formats.Markdown] = new MarkdownParser(),
        [Formats.Csv] = new CsvParser(),
    };

    public string? FormatOf(string path, ReadOnlySpan<byte> head) => Formats.Of(path, head);

    public async Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var length = new FileInfo(file).Length;
        if (length == 0)
            throw Unreadable.Empty();
        if (format is Formats.Docx or Formats.Pdf)
        {
            if (length > options.MaxFileBytes)
                throw Unreadable.TooLarge(length, options.MaxFileBytes, format == Formats.Pdf ? "PDF" : "DOCX");
            return await workers.ParseAsync(file, path, format, cancellationToken);
        }
        if (length > options.MaxTextBytes)
            throw Unreadable.TooLarge(length, options.MaxTextBytes, format);
        if (format == Formats.Html || (format == Formats.Markdown && length > options.MaxMarkdownInProcess))
            return await workers.ParseAsync(file, path, format, cancellationToken);
        if (!InProcess.TryGetValue(format, out var parser))
            throw new UnreadableFileException("file.format_unknown", $"There is no reader for the format '{format}'.", "Leave the file out, or save it in another format.");
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return parser.Parse(bytes, path, cancellationToken);
    }

    public ParsedDocument? ParseInPlace(ReadOnlyMemory<byte> bytes, string path, string format, CancellationToken cancellationToken)
        => bytes.IsEmpty || bytes.Length > options.MaxTextBytes || (format == Formats.Markdown && bytes.Length > options.MaxMarkdownInProcess)
           || !InProcess.TryGetValue(format, out var parser)
            ? null
            : parser.Parse(bytes, path, cancellationToken);
}
