namespace Cairn.Knowledge;

/// <summary>What a new version sets of its document's row.</summary>
internal sealed record DocumentValues
{
    public const string Insert = """
        INSERT INTO document (tenant, id, source, path, file_name, title, hash, format, bytes, modified, seen, uploaded, version, version_id,
            pages, passages, access_id, own_access, given_access, changed, supersedes, live, job, outcome)
        VALUES (@Tenant, @Id, @Source, @Path, @Name, @Title, @Hash, @Format, @Bytes, @Modified, @Seen, @Uploaded, @Version, @VersionId,
            @Pages, @Passages, @Access, @Own, @Given, @Changed, @Supersedes, @Live, @Job, @Outcome)
        """;

    public const string Update = """
        UPDATE document SET title = @Title, hash = @Hash, format = @Format, bytes = @Bytes, modified = @Modified, seen = @Seen,
            uploaded = @Uploaded, version = @Version, version_id = @VersionId, pages = @Pages, passages = @Passages, access_id = @Access,
            own_access = @Own, given_access = @Given, failure = NULL, failed_hash = NULL, changed = @Changed, supersedes = @Supersedes,
            removed = NULL, removed_by = NULL, live = @Live, job = @Job, outcome = @Outcome
        WHERE tenant = @Tenant AND id = @Id
        """;

    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Path { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Hash { get; init; }

    public required string Format { get; init; }

    public required long Bytes { get; init; }

    public required long Modified { get; init; }

    public required long Seen { get; init; }

    public required int Uploaded { get; init; }

    public required int Version { get; init; }

    public required long VersionId { get; init; }

    public required int? Pages { get; init; }

    public required int Passages { get; init; }

    public required long Access { get; init; }

    public required string? Own { get; init; }

    public required string? Given { get; init; }

    public required long Changed { get; init; }

    public required string? Supersedes { get; init; }

    public required int Live { get; init; }

    public required string? Job { get; init; }

    public required Outcome Outcome { get; init; }
}
