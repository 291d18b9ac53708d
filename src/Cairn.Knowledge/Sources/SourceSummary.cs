namespace Cairn.Knowledge;

/// <summary>A source as a caller sees it: every count is of documents this caller may see.</summary>
public sealed record SourceSummary
{
    public required string Name { get; init; }

    /// <summary>The folder, for callers who may ingest; null for others.</summary>
    public string? Root { get; init; }

    public required bool Declared { get; init; }

    public required bool Watched { get; init; }

    public required int Documents { get; init; }

    public required int Passages { get; init; }

    /// <summary>Files that could not be read; counted for callers who may ingest.</summary>
    public required int Failed { get; init; }

    public DateTimeOffset? LastIngested { get; init; }

    /// <summary>The unfinished ingestion, if one runs.</summary>
    public string? RunningJob { get; init; }
}
