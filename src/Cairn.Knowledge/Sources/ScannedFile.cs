namespace Cairn.Knowledge;

/// <summary>A file that a scan met, or the reason why it cannot be read.</summary>
internal sealed record ScannedFile
{
    /// <summary>The document's path: relative to the source, forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of the file.</summary>
    public required string File { get; init; }

    /// <summary>The folder that the bytes must come from, links resolved.</summary>
    public required string Root { get; init; }

    public long Length { get; init; }

    public DateTimeOffset Modified { get; init; }

    public string? Failure { get; init; }
}
