using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The <c>limits</c> section of <c>cairn.yaml</c>.</summary>
public sealed record LimitsDeclaration
{
    public static LimitsDeclaration Empty { get; } = new();

    public ImmutableArray<LimitRule> Rules { get; init; } = [];

    /// <summary>How many calls may wait, on the callers' and on the providers' side each.</summary>
    public int QueueLength { get; init; } = 200;

    /// <summary>How long a call may wait.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);
}
