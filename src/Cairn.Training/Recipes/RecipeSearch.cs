using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>Every combination of some options, each judged by cross-validation on the training rows; the best one is learned from all of them.</summary>
public sealed record RecipeSearch
{
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Grid { get; init; }

    public int Folds { get; init; } = 5;

    /// <summary>null: the first of the recipe's metrics.</summary>
    public string? Metric { get; init; }

    /// <summary>The combinations, in the order of the options' names.</summary>
    public ImmutableArray<ImmutableSortedDictionary<string, string>> Candidates()
    {
        ImmutableArray<ImmutableSortedDictionary<string, string>> candidates = [ImmutableSortedDictionary<string, string>.Empty];
        foreach (var (name, values) in Grid)
            candidates = [.. candidates.SelectMany(c => values.Select(v => c.SetItem(name, v)))];
        return candidates;
    }
}
