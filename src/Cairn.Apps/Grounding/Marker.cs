using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A citation marker that a model wrote: where it stood in the text without markers, and the passage numbers it names.</summary>
internal sealed record Marker(int Position, ImmutableArray<int> Passages);
