using System.Collections.Immutable;

namespace Cairn.Models;

/// <param name="Address">The host and port that it is called at, and no other; null when it calls nowhere or is not there.</param>
/// <param name="Missing">Why it is not there, for people; empty when it is.</param>
public sealed record InventoryProvider(string Name, string Kind, string? Address, ImmutableArray<string> Missing);
