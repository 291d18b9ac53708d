using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>What a catalogue says of some models.</summary>
/// <param name="Names">
/// <c>WHERE/MODEL</c>, where WHERE is a provider of <c>cairn.yaml</c>, the host of its address, or <c>*</c>, and MODEL may end in <c>*</c>.
/// </param>
public sealed record CatalogEntry(ImmutableArray<string> Names, ModelFacts Facts);
