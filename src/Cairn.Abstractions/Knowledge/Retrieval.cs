using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>The result of one retrieval. Counts are of what the caller may see, never of what exists.</summary>
public sealed record Retrieval
{
    public required ImmutableArray<RetrievedPassage> Passages { get; init; }

    public required int DocumentsVisible { get; init; }

    public required int PassagesVisible { get; init; }

    /// <summary>
    /// The terms that were searched for, after analysis, with the share of inverse document frequency each carries (sums to 1).
    /// </summary>
    public required ImmutableArray<QueryTerm> Terms { get; init; }
}
