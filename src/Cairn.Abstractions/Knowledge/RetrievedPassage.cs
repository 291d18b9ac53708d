using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>A hit: the passage, its score (higher is better; comparable within one result only) and what the score is made of.</summary>
public sealed record RetrievedPassage(Passage Passage, double Score, ImmutableDictionary<string, double> Parts);
