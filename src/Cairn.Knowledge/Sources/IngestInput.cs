using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>The input of an ingestion job. Everything else it needs stands in the database.</summary>
internal sealed record IngestInput
{
    public required string Source { get; init; }

    /// <summary>Absolute, links resolved, inside the source's folders; empty: all of them.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>
    /// A look through a watched folder: trusts size and time of files that were at rest when they were last read, and tries a file that
    /// could not be read again only when it has changed.
    /// </summary>
    public bool Rescan { get; init; }
}
