using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>One stored step: offsets in milliseconds from the trace's start.</summary>
public sealed record Span
{
    public required string Id { get; init; }

    public string? Parent { get; init; }

    public required string Name { get; init; }

    public required double Start { get; init; }

    public required double Milliseconds { get; init; }

    public string? Error { get; init; }

    /// <summary>Sizes, scores, tokens, cost; never texts.</summary>
    public ImmutableDictionary<string, string> Attributes { get; init; } = ImmutableDictionary<string, string>.Empty;
}
