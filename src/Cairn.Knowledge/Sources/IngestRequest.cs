using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>What to ingest. Either paths on this machine (only from the owner's local connection), or a whole declared source.</summary>
public sealed record IngestRequest
{
    /// <summary>Null: <c>default</c>, or the declared source whose folder holds the paths.</summary>
    public string? Source { get; init; }

    /// <summary>Absolute paths of files and folders; empty: the source's own root.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Who may read what is ingested; empty: the source's rules, else only the owner.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];
}
