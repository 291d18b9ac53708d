using System.Collections.Immutable;
using System.Globalization;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>The rows of a recipe's data, checked: what to learn from, and what is to be said about each row.</summary>
internal sealed record TrainingTable
{
    private const int MostCategories = 100;

    // So few of a column's values are rather mistakes than what the column is.
    private const double OddShare = 0.1;

    public required Frame Rows { get; init; }

    public required TaskKind Task { get; init; }

    public required ImmutableArray<RecipeFeature> Features { get; init; }

    /// <summary>Names of the classes by number; of two, the positive one is 1. Empty for numbers.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    public int[] Labels { get; init; } = [];

    public double[] Targets { get; init; } = [];

    /// <summary>What was seen and is no error.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <exception cref="CairnException">The data are not what the recipe says; column and row are named.</exception>
    public static TrainingTable Of(Frame frame, Recipe recipe)
    {
        if (frame.RowCount < 5)
            throw TrainingErrors.Data(
                $"{recipe.Data.File} has {frame.RowCount} rows; at least 5 are needed to learn from some and judge by others.");
        var target = Column(frame, recipe.Target, "target");
        RequireWhole(target, recipe.Target);
        var task = recipe.Task ?? (target is TextColumn or TruthColumn ? TaskKind.Classify : TaskKind.Regress);
        RequireTask(recipe, target, task);
        var notes = ImmutableArray.CreateBuilder<string>();
        var features = FeaturesOf(frame, recipe, notes);
        foreach (var feature in features)
            Check(frame[feature.Name], feature, recipe.Numbers.Missing, notes);
        var table = new TrainingTable { Rows = frame, Task = task, Features = features, Notes = notes.ToImmutable() };
        return task == TaskKind.Classify ? table.WithClasses(target, recipe) : table.WithTargets(frame, target, recipe.Target);
    }

    /// <summary>The same of some rows.</summary>
    public TrainingTable Take(int[] rows) => this with
    {
        Rows = Rows.Take(rows),
        Labels = Labels.Length == 0 ? [] : Holdout.Take<int>(Labels, rows),
        Targets = Targets.Length == 0 ? [] : Holdout.Take<double>(Targets, rows),
    };

    private static Column Column(Frame frame, string name, string use)
    {
        try
        {
            return frame[name];
        }
        catch (BadInputException error)
        {
            throw TrainingErrors.Data(
                $"{use}: {error.Message.Replace("frame: ", "", StringComparison.Ordinal)} The data have the columns {string.Join(", ", frame.Names.Take(30))}.");
        }
    }

    private static void RequireWhole(Column target, string name)
    {
        for (var row = 0; row < target.Length; row++)
        {
            if (target.IsMissing(row))
                throw TrainingErrors.Data(
                    $"The target '{name}' has no value in row {row} (rows count from 0); {target.MissingCount} rows lack it.",
                    "Fill it in, or leave such rows out of the data.");
        }
    }

    private static void RequireTask(Recipe recipe, Column target, TaskKind task)
    {
        var kind = EstimatorKinds.Find(recipe.Estimator.Kind)!;
        if (!kind.Does(task))
        {
            var others = EstimatorKinds.All.Where(k => k.Does(task)).Select(k => k.Name);
            throw TrainingErrors.Data(
                $"The target '{recipe.Target}' holds {(task == TaskKind.Classify ? "classes" : "numbers")}, which the estimator "
                    + $"'{kind.Name}' does not learn.",
                $"Choose another estimator ({string.Join(", ", others)})"
                    + (task == TaskKind.Regress && recipe.Task is null
                        ? ", or write `task: classify` in the recipe where these numbers stand for classes." : "."));
        }
        if (task == TaskKind.Regress && target is TextColumn or DateColumn)
            throw TrainingErrors.Data($"The target '{recipe.Target}' is {target.Kind}; a number cannot be predicted of it.",
                "Write `task: classify`, or choose a target of numbers.");
    }

    private static ImmutableArray<RecipeFeature> FeaturesOf(Frame frame, Recipe recipe, ImmutableArray<string>.Builder notes)
    {
        foreach (var name in recipe.Ignore)
            Column(frame, name, "ignore");
        if (!recipe.Features.IsEmpty)
            return recipe.Features;
        var found = ImmutableArray.CreateBuilder<RecipeFeature>();
        foreach (var (name, column) in frame.Names.Zip(frame.Columns)
            .Where(p => p.First != recipe.Target && !recipe.Ignore.Contains(p.First) && p.First != recipe.Split.Column))
        {
            if (column is DateColumn)
                notes.Add($"'{name}' holds dates and is left out; make numbers of them (days since, month) to learn from it.");
            else if (column is not TextColumn text)
                found.Add(new(name, FeatureKind.Number));
            else
                found.Add(new(name, KindOf(name, text, frame.RowCount, notes)));
        }
        return found.Count > 0
            ? found.ToImmutable()
            : throw TrainingErrors.Data($"{recipe.Data.File} has no column beside the target '{recipe.Target}' to learn from.");
    }

    /// <summary>Categories where few names come again and again, else prose; a note where most of them look like numbers.</summary>
    private static FeatureKind KindOf(string name, TextColumn text, int rows, ImmutableArray<string>.Builder notes)
    {
        var present = Enumerable.Range(0, text.Length).Where(r => !text.IsMissing(r)).ToList();
        var odd = present.Where(r => !IsNumber(text.TextOf(r))).ToList();
        if (present.Count > 0 && odd.Count == present.Count && present.All(r => IsNumber(text.TextOf(r).Replace(',', '.'))))
            notes.Add($"'{name}' looks like numbers with a decimal comma and is taken as text; `data: decimalComma: true` reads them.");
        else if (odd.Count > 0 && odd.Count <= present.Count * OddShare)
        {
            notes.Add($"'{name}' is taken as text though most of it are numbers: row {odd[0]} (rows count from 0) is "
                + $"'{Short(text.TextOf(odd[0]))}'. Mend it, or name it under `data: missing:`.");
        }
        return text.Codes.ToArray().Distinct().Count() <= Math.Min(MostCategories, rows / 2) ? FeatureKind.Category : FeatureKind.Text;
    }

    private static bool IsNumber(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static void Check(Column column, RecipeFeature feature, MissingNumbers missing, ImmutableArray<string>.Builder notes)
    {
        if (column.MissingCount == column.Length)
            throw TrainingErrors.Data($"The feature '{feature.Name}' has no value in any row.",
                $"Leave it out: `ignore: [{feature.Name}]`.");
        if (feature.Kind == FeatureKind.Number && column is TextColumn or DateColumn)
            throw NoNumbers(column, feature.Name);
        if (feature.Kind == FeatureKind.Number && missing == MissingNumbers.Refuse && column.MissingCount > 0)
        {
            var row = Enumerable.Range(0, column.Length).First(column.IsMissing);
            throw TrainingErrors.Data(
                $"The feature '{feature.Name}' has no value in row {row} (rows count from 0), and the recipe refuses missing numbers.",
                "Fill it in, or choose another `numbers: missing:` (median, mean, keep …).");
        }
        var first = Enumerable.Range(0, column.Length).First(r => !column.IsMissing(r));
        if (column.MissingCount == 0 && Enumerable.Range(0, column.Length).All(r => column.TextOf(r) == column.TextOf(first)))
            notes.Add($"'{feature.Name}' is '{Short(column.TextOf(first))}' in every row and teaches nothing.");
    }

    private static CairnException NoNumbers(Column column, string name)
    {
        int[] present = [.. Enumerable.Range(0, column.Length).Where(r => !column.IsMissing(r))];
        var lead = $"The feature '{name}' should hold numbers and holds {column.Kind}: row ";
        if (Array.FindIndex(present, r => !double.TryParse(column.TextOf(r), NumberStyles.Float, CultureInfo.InvariantCulture, out _)) is
            var odd and >= 0)
        {
            return TrainingErrors.Data($"{lead}{present[odd]} (rows count from 0) is '{Short(column.TextOf(present[odd]))}'.",
                $"Write `{name}: category` or `text` in the recipe, or mend the data (`data: decimalComma: true` reads 1,5).");
        }
        // Keys: leading zeros, or more digits than a number holds.
        var key = Array.FindIndex(present, r => column.TextOf(r).TrimStart('-', '+') is ['0', >= '0' and <= '9', ..] or { Length: >= 19 });
        return TrainingErrors.Data(
            $"{lead}{present[Math.Max(key, 0)]} (rows count from 0) is '{Short(column.TextOf(present[Math.Max(key, 0)]))}', which "
                + (key >= 0 ? "as a number would lose digits." : "the data write as a text."),
            $"Write `{name}: category` or `text` in the recipe, or write numbers in the data.");
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..39] + "…";

    private TrainingTable WithClasses(Column target, Recipe recipe)
    {
        var names = Enumerable.Range(0, target.Length).Select(target.TextOf).ToArray();
        ImmutableArray<string> classes = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length < 2)
            throw TrainingErrors.Data(
                $"Every row of the target '{recipe.Target}' is '{Short(classes[0])}'; at least two classes are needed.",
                "Add rows of another class, or choose another target.");
        if (classes.Length > target.Length / 2)
            throw TrainingErrors.Data(
                $"The target '{recipe.Target}' has {classes.Length} classes in {target.Length} rows; most of them would never be seen again.", "Choose another target, or write `task: regress` where it holds numbers.");
        if (recipe.Positive is { } positive)
        {
            if (classes.Length != 2 || !classes.Contains(positive))
                throw TrainingErrors.Data(
                    $"'{positive}' is not one of two classes of the target '{recipe.Target}' ({string.Join(", ", classes.Take(10).Select(Short))}).", "Mend `positive:` in the recipe, or leave it out.");
            classes = [.. classes.OrderBy(c => c == positive)];
        }
        return this with { Classes = classes, Labels = Array.ConvertAll(names, n => classes.IndexOf(n)) };
    }

    private TrainingTable WithTargets(Frame frame, Column target, string name)
    {
        var numbers = frame.Numbers(name).ToArray();
        var infinite = Array.FindIndex(numbers, n => !double.IsFinite(n));
        if (infinite >= 0)
            throw TrainingErrors.Data($"The target '{name}' is infinite in row {infinite} (rows count from 0).");
        return numbers.All(n => n == numbers[0])
            ? throw TrainingErrors.Data($"The target '{name}' is {target.TextOf(0)} in every row; there is nothing to predict.",
                "Choose another target.")
            : this with { Targets = numbers };
    }
}
