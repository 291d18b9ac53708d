using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A stored trace: the root first, children after their parents.</summary>
public sealed record Trace(string Id, string App, string? User, DateTimeOffset Started, ImmutableArray<Span> Spans);
