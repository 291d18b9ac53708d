using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a training begins with: its rows, parted, and what it is judged by.</summary>
internal sealed record TrainingParts
{
    public required TrainingTable Train { get; init; }

    /// <summary>Kept from training, to judge by.</summary>
    public required TrainingTable Test { get; init; }

    public required ImmutableArray<MetricKind> Metrics { get; init; }

    /// <summary>What a search compares candidates by.</summary>
    public required MetricKind Searched { get; init; }

    /// <summary>What a column's worth is measured by.</summary>
    public required MetricKind Valued { get; init; }

    /// <exception cref="CairnException">A metric is of another task, or the rows cannot be parted in the recipe's way.</exception>
    public static TrainingParts Of(TrainingTable table, Recipe recipe)
    {
        var metrics = MetricKind.For(recipe.Metrics, table.Task, table.Classes.Length);
        var (searched, valued) = (MetricOf(recipe.Search?.Metric), MetricOf(recipe.Importance?.Metric));
        var (train, test) = TableSplit.Of(table, recipe);
        return new()
        {
            Train = table.Take(train),
            Test = table.Take(test),
            Metrics = metrics,
            Searched = searched,
            Valued = valued,
        };

        MetricKind MetricOf(string? name) => name is null ? metrics[0] : MetricKind.For([name], table.Task, table.Classes.Length)[0];
    }
}
