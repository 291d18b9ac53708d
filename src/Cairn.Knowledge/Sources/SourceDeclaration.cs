using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>A folder source, as <c>cairn.yaml</c> declares it or as <c>cairn ingest --source</c> made it.</summary>
public sealed record SourceDeclaration
{
    public required string Name { get; init; }

    /// <summary>Absolute path of the folder; null for a source that only takes uploads and single ingested paths.</summary>
    public string? Root { get; init; }

    /// <summary>Globs relative to the root; empty: every file of a known format.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    public ImmutableArray<string> Exclude { get; init; } = [];

    public bool Watch { get; init; }

    public ImmutableArray<SourceRule> Access { get; init; } = [];

    /// <summary>True when the file declares it: such a source is changed in the file, not in the interface.</summary>
    public bool Declared { get; init; }
}
