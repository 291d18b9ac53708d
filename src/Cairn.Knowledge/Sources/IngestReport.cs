using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What an ingestion did: the contract of <c>cairn ingest --json</c>.</summary>
public sealed record IngestReport
{
    public required string Source { get; init; }

    public required IngestCounts Documents { get; init; }

    public ImmutableArray<IngestFailure> Failures { get; init; } = [];

    /// <summary>What was probably meant otherwise, though it was done: subjects that name nobody.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    public required int Chunks { get; init; }

    public required double Seconds { get; init; }
}
