namespace Cairn.Knowledge;

/// <summary>Reads the bytes of one format. Pure: opens no file, starts no process.</summary>
internal interface IFormatParser
{
    /// <exception cref="UnreadableFileException">The bytes are not a readable document of this format.</exception>
    ParsedDocument Parse(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken);
}
