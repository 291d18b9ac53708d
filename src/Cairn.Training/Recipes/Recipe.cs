using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What to learn from which data, and how: a recipe file as it was read (docs/training.md).</summary>
public sealed record Recipe
{
    /// <summary>The model's name in the registry: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public string? Title { get; init; }

    public required RecipeData Data { get; init; }

    /// <summary>The column to predict.</summary>
    public required string Target { get; init; }

    /// <summary>null: classes where the target is text or a truth, else numbers.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Of two classes, the one that counts as positive; null: the later one in ordinal order.</summary>
    public string? Positive { get; init; }

    /// <summary>The columns to learn from; empty: every other column, by what it holds.</summary>
    public ImmutableArray<RecipeFeature> Features { get; init; } = [];

    /// <summary>Columns to leave out where no features are named.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    public NumberPreparation Numbers { get; init; } = new();

    public UnseenCategories Unseen { get; init; }

    public TextPreparation Text { get; init; } = new();

    public required EstimatorChoice Estimator { get; init; }

    public RecipeSearch? Search { get; init; }

    /// <summary>null: not measured.</summary>
    public RecipeImportance? Importance { get; init; }

    public RecipeSplit Split { get; init; } = new();

    /// <summary>Empty: those that are usual for the task.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];

    public long Seed { get; init; }
}
