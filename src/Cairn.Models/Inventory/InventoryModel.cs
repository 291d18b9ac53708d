using System.Collections.Immutable;

namespace Cairn.Models;

public sealed record InventoryModel
{
    /// <summary><c>provider/model</c>.</summary>
    public required string Name { get; init; }

    public required ModelState State { get; init; }

    /// <summary>As that of <see cref="ModelStatus"/>.</summary>
    public string? Detail { get; init; }

    public ImmutableArray<string> Routes { get; init; } = [];

    public int? ContextWindow { get; init; }

    public int? MaxOutput { get; init; }

    public ImmutableArray<string> Abilities { get; init; } = [];

    /// <summary>That of today; null when it is not known.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Attempts since the process began, failed ones included.</summary>
    public long Attempts { get; init; }

    /// <summary>By code.</summary>
    public ImmutableSortedDictionary<string, long> Failures { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public LastFailure? LastFailure { get; init; }

    /// <summary>Of first bytes, in milliseconds, as far as the buckets tell; null before the first answer.</summary>
    public Percentiles? FirstByte { get; init; }

    public Percentiles? Duration { get; init; }
}
