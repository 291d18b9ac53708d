using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>Where the rows are and how they are written.</summary>
public sealed record RecipeData
{
    /// <summary>Absolute; separated values, or JSON lines where the name ends in <c>.jsonl</c>.</summary>
    public required string File { get; init; }

    /// <summary>null: found by looking.</summary>
    public char? Delimiter { get; init; }

    public bool DecimalComma { get; init; }

    /// <summary>Words that stand for a missing value; empty: the usual ones (NA, NaN, null …).</summary>
    public ImmutableArray<string> Missing { get; init; } = [];
}
