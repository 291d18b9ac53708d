namespace Cairn.Knowledge;

/// <summary>
/// Reads one file into text and structure. Formats that a hostile file could abuse are read in a separate, limited process.
/// </summary>
public interface IDocumentParser
{
    /// <summary>
    /// The format by name and first bytes: <c>markdown</c>, <c>html</c>, <c>text</c>, <c>csv</c>, <c>docx</c>, <c>pdf</c>; null when it is
    /// none of them.
    /// </summary>
    string? FormatOf(string path, ReadOnlySpan<byte> head);

    /// <param name="file">Absolute path of the bytes to read (they do not change meanwhile: ingestion copies them to a blob first).</param>
    /// <param name="path">The document's own path, for messages and for what its ending says.</param>
    /// <exception cref="UnreadableFileException">The file cannot be read; the reason is for people.</exception>
    Task<ParsedDocument> ParseAsync(string file, string path, string format, CancellationToken cancellationToken);

    /// <summary>Reads bytes that are at hand, without a file; for many small ones. May be called for several at once.</summary>
    /// <returns>Null: this one has to be read from a file.</returns>
    /// <exception cref="UnreadableFileException">The bytes cannot be read; thrown by the call or by its task.</exception>
    ValueTask<ParsedDocument>? ParseHeld(ReadOnlyMemory<byte> bytes, string path, string format, CancellationToken cancellationToken)
        => null;
}
