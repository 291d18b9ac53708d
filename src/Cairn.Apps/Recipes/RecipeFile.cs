using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Training;

namespace Cairn.Apps;

/// <summary>Reads a recipe (docs/training.md).</summary>
public static partial class RecipeFile
{
    private const int MostCandidates = 1000;

    /// <param name="file">Absolute; a relative data file starts at its folder.</param>
    /// <param name="name">The file as messages name it; null: by its path.</param>
    /// <exception cref="ManifestException">Every mistake in the file, each with its place.</exception>
    public static Recipe Load(string file, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Parse(WorkspaceText.Read(file, name ?? file), name ?? file, Path.GetDirectoryName(file)!);
    }

    /// <param name="name">The file as messages name it.</param>
    public static Recipe Parse(string text, string name, string folder)
    {
        var problems = new Problems(name);
        var tree = YamlTree.Parse(text, problems);
        problems.ThrowIfAny();
        var file = new Fields(tree ?? new YamlScalar(1, 1, "", Quoted: false), RecipeShapes.File, "", problems);
        file.Require("version", "name", "data", "target", "estimator");
        file.Whole("version", 1, 1);
        var kind = ReadKind(file);
        var metrics = ReadMetrics(file);
        long seed = file.Whole("seed", 0, int.MaxValue) ?? 0;
        var recipe = new Recipe
        {
            Name = ReadName(file),
            Title = file.Text("title"),
            Data = ReadData(file, folder),
            Target = file.Text("target") ?? "",
            Task = file.Word("task", "classify", "regress") switch
            {
                "classify" => TaskKind.Classify,
                "regress" => TaskKind.Regress,
                _ => null,
            },
            Positive = file.Text("positive"),
            Features = ReadFeatures(file),
            Ignore = [.. file.Words("ignore").Select(w => w.Value)],
            Numbers = ReadNumbers(file, kind),
            Unseen = file.Group("categories", RecipeShapes.Categories)?.Word("unseen", "ignore", "refuse") == "refuse"
                ? UnseenCategories.Refuse
                : UnseenCategories.Ignore,
            Text = ReadText(file),
            Estimator = kind is null ? new() { Kind = "" } : ReadEstimator(file, kind),
            Search = kind is null ? null : ReadSearch(file, kind, seed),
            Importance = ReadImportance(file),
            Split = ReadSplit(file),
            Metrics = metrics,
            Seed = seed,
        };
        CheckTask(file, recipe, kind);
        problems.ThrowIfAny();
        return recipe;
    }

    private static string ReadName(Fields file)
    {
        var name = file.Text("name") ?? "";
        if (name.Length > 0 && !NameForm().IsMatch(name))
            file.Problem("name", $"'{name}' is no name: lower-case letters, digits and hyphens, at most 64, a letter first");
        return name;
    }

    private static RecipeData ReadData(Fields file, string folder)
    {
        if (file.Group("data", RecipeShapes.Data) is not { } data)
            return new() { File = "" };
        data.Require("file");
        var delimiter = data.Text("delimiter");
        if (delimiter is not null and not ("," or ";" or "|" or "tab"))
            data.Problem("delimiter", $"'{delimiter}' is no delimiter; write ',', ';', '|' or tab");
        return new()
        {
            File = data.Text("file") is { } path ? Path.GetFullPath(path, folder) : "",
            Delimiter = delimiter is null ? null : delimiter == "tab" ? '\t' : delimiter[0],
            DecimalComma = data.Truth("decimalComma") ?? false,
            Missing = [.. data.Words("missing").Select(w => w.Value)],
        };
    }

    private static ImmutableArray<RecipeFeature> ReadFeatures(Fields file)
    {
        if (file.Has("features") && file.Has("ignore"))
            file.Problem("ignore", "'ignore' is for recipes without 'features': columns that are not named are left out anyway");
        var target = file.Text("target");
        var features = ImmutableArray.CreateBuilder<RecipeFeature>();
        foreach (var (key, value) in file.Entries("features"))
        {
            if (key.Value == target)
                file.ProblemAt(key, $"the target '{target}' cannot be a feature as well");
            var word = value is YamlScalar { IsNull: false } scalar ? scalar.Value : "";
            if (Enum.TryParse<FeatureKind>(word, ignoreCase: true, out var kind) && word is "number" or "category" or "text")
                features.Add(new(key.Value, kind));
            else
                file.ProblemAt(value, $"'features.{key.Value}' should be number, category or text, not {Fields.KindOf(value)}",
                    Nearest.To(word, ["number", "category", "text"]));
        }
        return features.ToImmutable();
    }

    private static NumberPreparation ReadNumbers(Fields file, EstimatorKind? kind)
    {
        if (file.Group("numbers", RecipeShapes.Numbers) is not { } numbers)
            return new();
        var missing = numbers.Word("missing", "keep", "refuse", "mean", "median", "mostFrequent", "zero");
        if (missing == "keep" && kind is { TakesMissing: false })
            numbers.Problem("missing",
                $"the estimator '{kind.Name}' cannot learn from missing numbers; those that can are {string.Join(", ", EstimatorKinds.All.Where(k => k.TakesMissing).Select(k => k.Name))}");
        return new()
        {
            Missing = missing is null ? MissingNumbers.Usual : Enum.Parse<MissingNumbers>(missing, ignoreCase: true),
            Indicators = numbers.Truth("indicators") ?? false,
            Polynomial = numbers.Whole("polynomial", 1, 5) ?? 1,
            Scale = numbers.Word("scale", "none", "standard", "range") is { } scale
                ? Enum.Parse<NumberScale>(scale, ignoreCase: true)
                : NumberScale.Usual,
        };
    }

    private static TextPreparation ReadText(Fields file)
    {
        if (file.Group("text", RecipeShapes.Text) is not { } text)
            return new();
        var read = new TextPreparation
        {
            Characters = text.Word("unit", "words", "characters") == "characters",
            Shortest = text.Whole("shortest", 1, 10) ?? 1,
            Longest = text.Whole("longest", 1, 10) ?? Math.Max(1, text.Whole("shortest", 1, 10) ?? 1),
            MostFeatures = text.Whole("mostFeatures", 1, 10_000_000) ?? 50_000,
            LeastTexts = text.Whole("leastTexts", 1, 1_000_000) ?? 1,
        };
        if (read.Longest < read.Shortest)
            text.Problem(
                "longest", $"'longest' is {read.Longest} and 'shortest' {read.Shortest}; the longest n-gram is not below the shortest");
        return read;
    }

    private static EstimatorKind? ReadKind(Fields file)
    {
        var node = file.Find("estimator");
        var named = node is YamlMapping mapping ? mapping.Entries.FirstOrDefault(e => e.Key.Value == "kind")?.Value : node;
        if (node is null)
            return null;
        if (named is not YamlScalar { IsNull: false } scalar)
        {
            file.ProblemAt(node, $"'estimator' needs a kind: {string.Join(", ", EstimatorKinds.Names)}");
            return null;
        }
        if (EstimatorKinds.Find(scalar.Value) is { } kind)
            return kind;
        file.ProblemAt(scalar, $"there is no estimator '{scalar.Value}' ({string.Join(", ", EstimatorKinds.Names)})",
            Nearest.To(scalar.Value, EstimatorKinds.Names));
        return null;
    }

    private static EstimatorChoice ReadEstimator(Fields file, EstimatorKind kind)
    {
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (file.Find("estimator") is YamlMapping mapping)
        {
            foreach (var (key, value) in mapping.Entries.Where(e => e.Key.Value != "kind"))
            {
                if (OptionOf(file, key, kind) is { } option && ValueOf(file, value, option, $"estimator.{key.Value}") is { } text)
                    options[key.Value] = text;
            }
        }
        return new() { Kind = kind.Name, Options = options.ToImmutable() };
    }

    private static RecipeSearch? ReadSearch(Fields file, EstimatorKind kind, long seed)
    {
        if (file.Group("search", RecipeShapes.Search) is not { } search)
            return null;
        if (search.Has("grid") == search.Has("random"))
            search.ProblemAt(search.Node, "'search' has either a 'grid' of values to try or a 'random' choice of them");
        foreach (var name in search.Present("trials", "seed").Where(_ => search.Has("grid")))
            search.Problem(name, $"'search.{name}' belongs to 'random'; a grid tries every combination");
        return new()
        {
            Grid = ReadGrid(file, search, kind),
            Random = ReadRandom(file, search, kind),
            Trials = search.Whole("trials", 1, MostCandidates) ?? 20,
            Seed = search.Whole("seed", 0, int.MaxValue) ?? seed,
            Folds = search.Whole("folds", 2, 50) ?? 5,
            Metric = search.Word("metric", [.. MetricKind.All.Select(m => m.Name)]),
        };
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadGrid(Fields file, Fields search, EstimatorKind kind)
    {
        var grid = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in search.Entries("grid"))
        {
            if (OptionOf(file, key, kind) is not { } option)
                continue;
            if (value is YamlSequence { Items.IsEmpty: false } list)
                grid[key.Value] = ValuesOf(file, list, option, $"search.grid.{key.Value}");
            else
                file.ProblemAt(value, $"'search.grid.{key.Value}' should be a list of values to try, not {Fields.KindOf(value)}");
        }
        var candidates = grid.Values.Aggregate(1L, (product, values) => product * Math.Max(1, values.Length));
        if (candidates > MostCandidates)
            search.Problem("grid", string.Create(CultureInfo.InvariantCulture,
                $"the grid has {candidates} combinations; {MostCandidates} are tried at most"));
        return grid.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, OptionDraw> ReadRandom(Fields file, Fields search, EstimatorKind kind)
    {
        var random = ImmutableSortedDictionary.CreateBuilder<string, OptionDraw>(StringComparer.Ordinal);
        foreach (var (key, value) in search.Entries("random"))
        {
            if (OptionOf(file, key, kind) is not { } option)
                continue;
            var place = $"search.random.{key.Value}";
            if (value is YamlSequence { Items.IsEmpty: false } list)
                random[key.Value] = new() { Values = ValuesOf(file, list, option, place) };
            else if (value is YamlMapping && option.Form != OptionForm.Truth)
                random[key.Value] = ReadRange(file.GroupAt(value, RecipeShapes.Range, place), option);
            else
            {
                var range = option.Form == OptionForm.Truth ? "" : " or a range such as { from: 1, to: 10 }";
                file.ProblemAt(value, $"'{place}' should be a list of values{range}, not {Fields.KindOf(value)}");
            }
        }
        return random.ToImmutable();
    }

    private static OptionDraw ReadRange(Fields range, EstimatorOption option)
    {
        range.Require("from", "to");
        var isWhole = option.Form == OptionForm.Whole;
        var (from, to) = (End("from"), End("to"));
        if (from >= to)
            range.Problem("to", $"'{range.Place("to")}' is not above '{range.Place("from")}'");
        var log = range.Word("scale", "linear", "log") == "log";
        if (log && from <= 0)
            range.Problem("scale", $"'{range.Place("scale")}' can be log where '{range.Place("from")}' is above 0");
        return new() { From = from, To = to, Log = log, Whole = isWhole };

        double End(string name) => isWhole
            ? range.Whole(name, (int)option.Least, (int)Math.Min(option.Most, int.MaxValue)) ?? double.NaN
            : range.Number(name, option.Least, option.Most) ?? double.NaN;
    }

    private static RecipeImportance? ReadImportance(Fields file)
    {
        if (file.Find("importance") is not YamlMapping)
            return file.Truth("importance") == true ? new() : null;
        var importance = file.Group("importance", RecipeShapes.Importance)!;
        return new()
        {
            Repeats = importance.Whole("repeats", 1, 100) ?? 5,
            Metric = importance.Word("metric", [.. MetricKind.All.Select(m => m.Name)]),
        };
    }

    private static RecipeSplit ReadSplit(Fields file)
    {
        if (file.Group("split", RecipeShapes.Split) is not { } split)
            return new();
        var by = split.Word("by", "random", "group", "time");
        if (by is "group" or "time")
            split.Require("column");
        else if (split.Has("column"))
            split.Problem("column", "'split.column' belongs to 'by: group' or 'by: time'");
        return new()
        {
            Test = split.Number("test", 0.01, 0.9) ?? 0.2,
            By = by switch { "group" => SplitKind.Group, "time" => SplitKind.Time, _ => SplitKind.Random },
            Column = split.Text("column"),
        };
    }

    private static ImmutableArray<string> ReadMetrics(Fields file)
    {
        var names = MetricKind.All.Select(m => m.Name).ToArray();
        foreach (var word in file.Words("metrics").Where(w => !names.Contains(w.Value)))
            file.ProblemAt(word, $"there is no metric '{word.Value}' ({string.Join(", ", names)})", Nearest.To(word.Value, names));
        return [.. file.Words("metrics").Select(w => w.Value).Where(names.Contains).Distinct()];
    }

    /// <summary>What can be held against each other before the data are read.</summary>
    private static void CheckTask(Fields file, Recipe recipe, EstimatorKind? kind)
    {
        if (recipe.Task is not { } task || kind is null)
            return;
        if (!kind.Does(task))
            file.Problem(
                "task", $"the estimator '{kind.Name}' does not {(task == TaskKind.Classify ? "learn classes" : "learn numbers")}; those that do are {string.Join(", ", EstimatorKinds.All.Where(k => k.Does(task)).Select(k => k.Name))}");
        foreach (var metric in recipe.Metrics.Where(m => MetricKind.Find(m)!.Task != task))
            file.Problem("metrics", $"the metric '{metric}' is not one of {(task == TaskKind.Classify ? "classes" : "numbers")}");
        if (recipe.Search?.Metric is { } searched && MetricKind.Find(searched)!.Task != task)
            file.Problem("search", $"the metric '{searched}' is not one of {(task == TaskKind.Classify ? "classes" : "numbers")}");
        if (recipe.Importance?.Metric is { } judged && MetricKind.Find(judged)!.Task != task)
            file.Problem("importance", $"the metric '{judged}' is not one of {(task == TaskKind.Classify ? "classes" : "numbers")}");
    }

    private static EstimatorOption? OptionOf(Fields file, YamlScalar key, EstimatorKind kind)
    {
        var option = kind.Options.FirstOrDefault(o => o.Name == key.Value);
        if (option is null)
        {
            var known = kind.Options.Select(o => o.Name).ToArray();
            file.ProblemAt(
                key, $"the estimator '{kind.Name}' has no option '{key.Value}'{(known.Length == 0 ? " (it has none)" : $" ({string.Join(", ", known)})")}", Nearest.To(key.Value, known));
        }
        return option;
    }

    private static ImmutableArray<string> ValuesOf(Fields file, YamlSequence list, EstimatorOption option, string place)
        => [.. list.Items.Select(i => ValueOf(file, i, option, place)).OfType<string>()];

    private static string? ValueOf(Fields file, YamlNode value, EstimatorOption option, string place)
    {
        var text = value is YamlScalar { Quoted: false, IsNull: false } scalar ? scalar.Value : null;
        if (text is not null && option.Expects(text) is null)
            return text;
        file.ProblemAt(value, $"'{place}' should be {option.Expects(text ?? "") ?? "a value"}, not {Fields.KindOf(value)}");
        return null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
