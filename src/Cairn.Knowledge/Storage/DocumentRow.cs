namespace Cairn.Knowledge;

/// <summary>A row of <c>document</c>, as ingestion decides by it.</summary>
internal sealed class DocumentRow
{
    public const string Columns = """
        id, source, path, title, hash, format, bytes, modified, seen, uploaded, version, version_id, pages, passages, access_id, own_access,
        given_access, failure, failed_hash, changed, supersedes, superseded_by, removed, removed_by, live, job, outcome
        """;

    public string Id { get; init; } = "";

    public string Source { get; init; } = "";

    public string Path { get; init; } = "";

    public string Title { get; init; } = "";

    public string Hash { get; init; } = "";

    public string Format { get; init; } = "";

    public long Bytes { get; init; }

    public long Modified { get; init; }

    public long Seen { get; init; }

    public int Uploaded { get; init; }

    public int Version { get; init; }

    public long VersionId { get; init; }

    public int? Pages { get; init; }

    public int Passages { get; init; }

    public long AccessId { get; init; }

    public string? OwnAccess { get; init; }

    public string? GivenAccess { get; init; }

    public string? Failure { get; init; }

    public string? FailedHash { get; init; }

    public long Changed { get; init; }

    public string? Supersedes { get; init; }

    public string? SupersededBy { get; init; }

    public long? Removed { get; init; }

    public string? RemovedBy { get; init; }

    public int Live { get; init; }

    public string? Job { get; init; }

    public Outcome Outcome { get; init; }
}
