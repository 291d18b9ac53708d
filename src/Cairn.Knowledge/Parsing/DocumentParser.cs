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
        if (length > Longest(format))
            throw TooLarge(length, format);
        if (IsForWorker(format, length))
            return await workers.ParseAsync(file, path, format, cancellationToken);
        if (!InProcess.TryGetValue(format, out var parser))
            throw new UnreadableFileException("file.format_unknown", $"There is no reader for the format '{format}'.",
                "Leave the file out, or save it in another format.");
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return parser.Parse(bytes, path, cancellationToken);
    }

    public ValueTask<ParsedDocument>? ParseHeld(ReadOnlyMemory<byte> bytes, string path, string format, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty || bytes.Length > Longest(format))
            return null;
        if (IsForWorker(format, bytes.Length))
            return new(workers.ParseAsync(bytes, path, format, cancellationToken));
        return InProcess.TryGetValue(format, out var parser) ? new(parser.Parse(bytes, path, cancellationToken)) : null;
    }

    private long Longest(string format) => format is Formats.Docx or Formats.Pdf ? options.MaxFileBytes : options.MaxTextBytes;

    private UnreadableFileException TooLarge(long length, string format)
        => Unreadable.TooLarge(length, Longest(format), format switch { Formats.Pdf => "PDF", Formats.Docx => "DOCX", _ => format });

    private bool IsForWorker(string format, long length)
        => format is Formats.Docx or Formats.Pdf or Formats.Html || (format == Formats.Markdown && length > options.MaxMarkdownInProcess);
}
