namespace Cairn.Knowledge;

/// <summary>
/// What a worker found out about a file. Exactly one holds: it has a <see cref="Failure"/>, it has <see cref="Content"/>, it seems to be
/// a <see cref="Renamed"/> document, or it seems unchanged; the writer checks the last two against the database again.
/// </summary>
internal sealed record PreparedFile
{
    public required ScannedFile File { get; init; }

    /// <summary>SHA-256 of the bytes that were read; empty when none were.</summary>
    public string Hash { get; init; } = "";

    public string Format { get; init; } = "";

    public string? Failure { get; init; }

    public bool Renamed { get; init; }

    public PreparedDocument? Content { get; init; }

    /// <summary>Unix milliseconds at which the file was read.</summary>
    public long Seen { get; init; }

    /// <summary>Access that an upload was given.</summary>
    public AccessList? Given { get; init; }

    public bool Uploaded { get; init; }
}
