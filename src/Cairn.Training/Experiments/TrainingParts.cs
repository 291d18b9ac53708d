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
        var learned = table.Take(train);
        RequireValues(learned, recipe.Split);
        return new()
        {
            Train = learned,
            Test = table.Take(test),
            Metrics = metrics,
            Searched = searched,
            Valued = valued,
        };

        MetricKind MetricOf(string? name) => name is null ? metrics[0] : MetricKind.For([name], table.Task, table.Classes.Length)[0];
    }

    /// <summary>A column may be filled only in rows that are kept to judge by: a sensor that is new, split by time.</summary>
    private static void RequireValues(TrainingTable train, RecipeSplit split)
    {
        string[] empty = [.. train.Features.Select(f => f.Name).Where(n => train.Rows[n].MissingCount == train.Rows.RowCount)];
        if (empty.Length > 0)
            throw TrainingErrors.Data(
                $"The feature '{empty[0]}' has no value in any of the {train.Rows.RowCount:N0} rows to learn from; only rows "
                    + $"kept to judge by ({(split.By == SplitKind.Time ? "the latest ones" : "`split:`")}) have one.",
                $"Leave it out until more rows have it (`ignore: [{string.Join(", ", empty)}]`, or no longer under `features:`)"
                    + (split.By == SplitKind.Time ? "." : ", or choose another `seed:` or `split:`."));
    }
}
