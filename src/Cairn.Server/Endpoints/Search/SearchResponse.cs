using System.Collections.Immutable;

namespace Cairn.Server;

internal sealed record SearchResponse
{
    public required ImmutableArray<PassageResponse> Passages { get; init; }

    /// <summary>How many documents were searched: those that the caller may see.</summary>
    public required int Documents { get; init; }

    public required ImmutableArray<QueryTerm> Terms { get; init; }
}
