using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Parts a table as the recipe says.</summary>
internal static class TableSplit
{
    /// <summary>Rows to learn from and rows to judge by; neither is empty.</summary>
    public static (int[] Train, int[] Test) Of(TrainingTable table, Recipe recipe)
    {
        var split = recipe.Split;
        return split.By switch
        {
            SplitKind.Group => ByGroup(GroupsOf(table.Rows, split.Column!), split.Test, recipe.Seed),
            SplitKind.Time => ByTime(table.Rows, split),
            _ => table.Task == TaskKind.Classify
                ? Holdout.Stratified(table.Labels, split.Test, recipe.Seed)
                : Holdout.Random(table.Targets.Length, split.Test, recipe.Seed),
        };
    }

    /// <summary>Folds of training rows for a search, parted in the recipe's way.</summary>
    public static IReadOnlyList<Fold> Folds(TrainingTable train, Recipe recipe, int count) => recipe.Split.By switch
    {
        SplitKind.Group => Learning.Folds.Grouped(GroupsOf(train.Rows, recipe.Split.Column!), count),
        SplitKind.Time => Learning.Folds.Time(train.Rows.RowCount, count),
        _ => train.Task == TaskKind.Classify
            ? Learning.Folds.Stratified(train.Labels, count, recipe.Seed)
            : Learning.Folds.Random(train.Targets.Length, count, recipe.Seed),
    };

    private static int[] GroupsOf(Frame rows, string column)
    {
        var values = Find(rows, column);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, values.Length).Select(r =>
        {
            var name = values.TextOf(r);
            if (!numbers.TryGetValue(name, out var number))
                numbers[name] = number = numbers.Count;
            return number;
        })];
    }

    private static (int[] Train, int[] Test) ByGroup(int[] groups, double share, long seed)
    {
        var count = groups.Max() + 1;
        if (count < 2)
            throw TrainingErrors.Data("All rows are of one group, so none can be kept to judge by.",
                "Choose another `split: column:`, or `by: random`.");
        var wanted = Math.Ceiling(groups.Length * share);
        var held = new HashSet<int>();
        var rows = 0;
        foreach (var group in new Seeded(seed).Permutation(count).Take(count - 1))
        {
            if (rows >= wanted)
                break;
            held.Add(group);
            rows += groups.Count(g => g == group);
        }
        return ([.. Enumerable.Range(0, groups.Length).Where(r => !held.Contains(groups[r]))],
            [.. Enumerable.Range(0, groups.Length).Where(r => held.Contains(groups[r]))]);
    }

    private static (int[] Train, int[] Test) ByTime(Frame rows, RecipeSplit split)
    {
        Find(rows, split.Column!);
        // Rows without a time sort last and would be judged by as the latest.
        if (rows[split.Column!].MissingCount > 0)
            throw TrainingErrors.Data($"The column '{split.Column}', which orders the rows in time, misses values.",
                "Fill it in, or choose `split: by: random`.");
        var order = rows.With("\u0001row", Array.ConvertAll(Enumerable.Range(0, rows.RowCount).ToArray(), r => (long)r)).Sort(split.Column!)
            .Numbers("\u0001row").ToArray();
        var start = Math.Clamp(rows.RowCount - (int)Math.Ceiling(rows.RowCount * split.Test), 1, rows.RowCount - 1);
        return ([.. order[..start].Select(r => (int)r)], [.. order[start..].Select(r => (int)r)]);
    }

    private static Column Find(Frame rows, string column)
        => rows.Has(column)
            ? rows[column]
            : throw TrainingErrors.Data(
                $"There is no column '{column}' to split by; the data have {string.Join(", ", rows.Names.Take(30))}.",
                "Mend `split: column:` in the recipe.");
}
