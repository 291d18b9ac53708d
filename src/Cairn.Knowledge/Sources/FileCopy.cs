namespace Cairn.Knowledge;

/// <summary>
/// The bytes of a file as they were at one instant. Few bytes are held in memory, many stand in a scratch file once
/// <see cref="Path"/> is set; disposing deletes it.
/// </summary>
internal sealed class FileCopy : IDisposable
{
    public required string Hash { get; init; }

    public required long Length { get; init; }

    public required DateTimeOffset Modified { get; init; }

    /// <summary>The first bytes, at least 4096 where there are that many.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>All bytes; null when there are too many to hold.</summary>
    public byte[]? Bytes { get; init; }

    public string? Path { get; set; }

    public void Dispose()
    {
        if (Path is not null)
            File.Delete(Path);
    }
}
