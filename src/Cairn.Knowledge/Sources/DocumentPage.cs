using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>One page of a list, and how many there are in all that the caller may see.</summary>
public sealed record DocumentPage(ImmutableArray<DocumentSummary> Documents, int Total);
