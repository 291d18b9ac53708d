using Cairn.Training;

namespace Cairn.Apps.Tests;

public sealed class RecipeFileTests
{
    private const string Whole = """
        version: 1
        name: ship-delay
        title: Which ships come late
        data: { file: data/ships.csv, delimiter: ";", decimalComma: true, missing: [NA, "-"] }
        target: delayed
        task: classify
        positive: "yes"
        features: { tonnage: number, flag: category, remark: text }
        numbers: { missing: median, indicators: true, polynomial: 2, scale: range }
        categories: { unseen: refuse }
        text: { unit: characters, shortest: 2, longest: 4, mostFeatures: 500, leastTexts: 2 }
        estimator: { kind: logistic, l2: 0.5 }
        search: { grid: { l2: [0.1, 1, 10] }, folds: 4, metric: auc }
        split: { test: 0.25, by: group, column: ship }
        metrics: [accuracy, auc]
        seed: 7
        """;

    [Fact]
    public void A_recipe_is_read_whole()
    {
        var recipe = RecipeFile.Parse(Whole, "ships.yaml", "/srv");
        Assert.Equal(("ship-delay", "/srv/data/ships.csv", ';'), (recipe.Name, recipe.Data.File, recipe.Data.Delimiter));
        Assert.Equal((TaskKind.Classify, "yes", 7), (recipe.Task, recipe.Positive, recipe.Seed));
        Assert.Equal([new("tonnage", FeatureKind.Number), new("flag", FeatureKind.Category), new RecipeFeature("remark", FeatureKind.Text)],
            recipe.Features.AsEnumerable());
        Assert.Equal(new NumberPreparation
        {
            Missing = MissingNumbers.Median,
            Indicators = true,
            Polynomial = 2,
            Scale = NumberScale.Range,
        }, recipe.Numbers);
        Assert.Equal((UnseenCategories.Refuse, "logistic (l2 0.5)"), (recipe.Unseen, recipe.Estimator.ToString()));
        Assert.Equal(["0.1", "1", "10"], recipe.Search!.Candidates().Select(c => c["l2"]));
        Assert.Equal(new RecipeSplit { Test = 0.25, By = SplitKind.Group, Column = "ship" }, recipe.Split);
    }

    [Theory]
    [InlineData("metrics: [accuracy, auc]", "metrics: [acuracy]", "15:11", "did you mean 'accuracy'")]
    [InlineData("kind: logistic, l2", "kind: logistik, l2", "12:20", "did you mean 'logistic'")]
    [InlineData("l2: 0.5", "l3: 0.5", "12:30", "the estimator 'logistic' has no option 'l3'")]
    [InlineData("l2: 0.5", "l2: -1", "12:34", "'estimator.l2' should be a number from 0")]
    [InlineData("[0.1, 1, 10]", "[0.1, much]", "13:29", "not 'much'")]
    [InlineData("remark: text", "remark: prose", "8:54", "should be number, category or text")]
    [InlineData("remark: text", "delayed: text", "8:46", "the target 'delayed' cannot be a feature")]
    [InlineData("name: ship-delay", "name: Ship Delay", "2:7", "is no name")]
    [InlineData("by: group, column: ship", "by: group", "14:8", "'split.column' is missing")]
    [InlineData("missing: median", "missing: keep", "9:21", "cannot learn from missing numbers")]
    [InlineData("task: classify", "task: regress", "6:7", "does not learn numbers")]
    [InlineData("metric: auc }", "metric: rmse }", "13:9", "not one of classes")]
    [InlineData("longest: 4", "longest: 1", "11:49", "not below the shortest")]
    [InlineData("delimiter: \";\"", "delimiter: \"#\"", "4:42", "is no delimiter")]
    [InlineData("seed: 7", "sead: 7", "16:1", "did you mean 'seed'")]
    public void A_mistake_has_its_place_and_what_mends_it(string what, string instead, string place, string said)
    {
        var error = Assert.Throws<ManifestException>(() => RecipeFile.Parse(Whole.Replace(what, instead, StringComparison.Ordinal),
            "ships.yaml", "/srv"));
        Assert.Contains($"ships.yaml:{place}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_search_draws_from_values_and_ranges()
    {
        const string random =
            "search: { random: { l2: { from: 0.001, to: 10, scale: log }, maxIterations: [50, 100] }, trials: 30, folds: 3 }";
        var search = RecipeFile.Parse(Searching(random), "ships.yaml", "/srv").Search!;
        Assert.Equal((30, 3, 7), (search.Trials, search.Folds, search.Seed));
        Assert.Equal(new OptionDraw { From = 0.001, To = 10, Log = true }, search.Random["l2"]);
        Assert.Equal(["50", "100"], search.Random["maxIterations"].Values);
        Assert.Equal(30, search.Candidates().Length);
        var seeded = Searching(random.Replace("trials", "seed: 11, trials", StringComparison.Ordinal));
        Assert.Equal(11, RecipeFile.Parse(seeded, "ships.yaml", "/srv").Search!.Seed);
    }

    [Theory]
    [InlineData("search: { folds: 3 }", "'search' has either a 'grid' of values to try or a 'random' choice of them")]
    [InlineData("search: { grid: { l2: [1] }, random: { l2: [1] } }", "either a 'grid'")]
    [InlineData("search: { grid: { l2: [1] }, trials: 4 }", "'search.trials' belongs to 'random'")]
    [InlineData("search: { random: { l2: 4 } }", "'search.random.l2' should be a list of values or a range")]
    [InlineData("search: { random: { l2: { from: 4, to: 1 } } }", "'search.random.l2.to' is not above 'search.random.l2.from'")]
    [InlineData("search: { random: { l2: { from: 0, to: 1, scale: log } } }", "can be log where")]
    [InlineData("search: { random: { l2: { from: 1 } } }", "'search.random.l2.to' is missing")]
    [InlineData("search: { random: { l2: { from: 1, to: 2, scale: lag } } }", "did you mean 'log'")]
    [InlineData("search: { random: { maxIterations: { from: 1.5, to: 2 } } }", "should be a whole number from 1")]
    [InlineData("search: { random: { depth: [1] } }", "has no option 'depth'")]
    [InlineData("importance: maybe", "'importance' should be true or false")]
    [InlineData("importance: { repeat: 3 }", "did you mean 'repeats'")]
    [InlineData("importance: { metric: rmse }", "not one of classes")]
    public void A_mistake_in_a_search_or_in_what_columns_are_worth_is_said(string lines, string said)
        => Assert.Contains(
            said, Assert.Throws<ManifestException>(() => RecipeFile.Parse(Searching(lines), "ships.yaml", "/srv")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("importance: true", 5, null)]
    [InlineData("importance: { repeats: 9, metric: auc }", 9, "auc")]
    public void What_columns_are_worth_is_measured_where_the_recipe_asks(string line, int repeats, string? metric)
        => Assert.Equal(
            new RecipeImportance { Repeats = repeats, Metric = metric },
            RecipeFile.Parse(Searching(line), "ships.yaml", "/srv").Importance);

    [Fact]
    public void Everything_that_is_missing_is_said_at_once()
    {
        var error = Assert.Throws<ManifestException>(() => RecipeFile.Parse("version: 1\n", "ships.yaml", "/srv"));
        Assert.Equal(4, error.Problems.Length);
    }

    [Fact]
    public void The_schema_names_every_estimator_and_every_metric()
    {
        var schema = File.ReadAllText(Checkout.Path("schemas/recipe.schema.json"));
        Assert.All(EstimatorKinds.Names.Concat(MetricKind.All.Select(m => m.Name)),
            name => Assert.Contains($"\"{name}\"", schema, StringComparison.Ordinal));
    }

    private static string Searching(string lines)
        => Whole.Replace("search: { grid: { l2: [0.1, 1, 10] }, folds: 4, metric: auc }", lines, StringComparison.Ordinal);
}
