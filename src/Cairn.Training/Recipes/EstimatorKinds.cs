using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Every kind of estimator that a recipe can name.</summary>
public static class EstimatorKinds
{
    private static readonly EstimatorOption[] TreeShape =
        [new("maxDepth", OptionForm.Whole, 1, 1000), new("minRowsPerLeaf", OptionForm.Whole, 1, 1e9),
            new("maxBins", OptionForm.Whole, 2, 255)];

    public static ImmutableArray<EstimatorKind> All { get; } =
    [
        new()
        {
            Name = "linear",
            Copies = 6,
            Regressor = _ => new LinearRegression(),
        },
        new()
        {
            Name = "ridge",
            WantsScale = true,
            Options = [new("l2", OptionForm.Number, 1e-12, 1e12)],
            Regressor = o => new Ridge(o.Number("l2", 1)),
        },
        new()
        {
            Name = "lasso",
            WantsScale = true,
            Options = [new("penalty", OptionForm.Number, 0, 1e12), new("l1Share", OptionForm.Number, 0, 1),
                new("maxIterations", OptionForm.Whole, 1, 1e6)],
            Regressor = o => new Lasso(new()
            {
                Penalty = o.Number("penalty", 1),
                L1Share = o.Number("l1Share", 1),
                MaxIterations = o.Whole("maxIterations", 1000),
            }),
        },
        new()
        {
            Name = "logistic",
            WantsScale = true,
            Copies = 6,
            Options = [new("l2", OptionForm.Number, 0, 1e12), new("l1", OptionForm.Number, 0, 1e12),
                new("maxIterations", OptionForm.Whole, 1, 1e6)],
            Classifier = o => new LogisticRegression(new()
            {
                L2 = o.Number("l2", 1),
                L1 = o.Number("l1", 0),
                MaxIterations = o.Whole("maxIterations", 200),
            }),
        },
        new()
        {
            Name = "bayes",
            Classifier = _ => new GaussianNaiveBayes(),
        },
        new()
        {
            Name = "counts-bayes",
            Options = [new("smoothing", OptionForm.Number, 1e-12, 1e6)],
            Classifier = o => new MultinomialNaiveBayes(o.Number("smoothing", 1)),
        },
        new()
        {
            Name = "neighbours",
            WantsScale = true,
            Options = [new("neighbours", OptionForm.Whole, 1, 1e6), new("byDistance", OptionForm.Truth)],
            Classifier = o => new NeighbourClassifier(new()
            {
                Neighbours = o.Whole("neighbours", 5),
                ByDistance = o.Truth("byDistance", false),
            }),
            Regressor = o => new NeighbourRegressor(new()
            {
                Neighbours = o.Whole("neighbours", 5),
                ByDistance = o.Truth("byDistance", false),
            }),
        },
        new()
        {
            Name = "tree",
            TakesMissing = true,
            Options = [.. TreeShape],
            Classifier = o => new DecisionTreeClassifier(TreeOf(o)),
            Regressor = o => new DecisionTreeRegressor(TreeOf(o)),
        },
        new()
        {
            Name = "forest",
            TakesMissing = true,
            Options = [.. TreeShape, new("trees", OptionForm.Whole, 1, 100_000), new("columnsPerSplit", OptionForm.Whole, 1, 1e6)],
            Classifier = o => new RandomForestClassifier(ForestOf(o)),
            Regressor = o => new RandomForestRegressor(ForestOf(o)),
        },
        new()
        {
            Name = "boosting",
            HasRounds = true,
            TakesMissing = true,
            Options =
            [
                .. TreeShape, new("rounds", OptionForm.Whole, 1, 1e6), new("learningRate", OptionForm.Number, 1e-6, 10),
                new("maxLeaves", OptionForm.Whole, 2, 1e6),
                new("l2", OptionForm.Number, 0, 1e12), new("patience", OptionForm.Whole, 1, 1e6),
                new("validationShare", OptionForm.Number, 0.01, 0.9),
            ],
            Classifier = o => new BoostingClassifier(BoostingOf(o)),
            Regressor = o => new BoostingRegressor(BoostingOf(o)),
        },
        new()
        {
            Name = "network",
            HasRounds = true,
            WantsScale = true,
            Options =
            [
                new("layers", OptionForm.Whole, 1, 20), new("width", OptionForm.Whole, 1, 10_000), new("epochs", OptionForm.Whole, 1, 1e6),
                new("batchSize", OptionForm.Whole, 1, 1e6),
                new("learningRate", OptionForm.Number, 1e-9, 1e6), new("weightDecay", OptionForm.Number, 0, 1e3),
                new("patience", OptionForm.Whole, 1, 1e6), new("validationShare", OptionForm.Number, 0.01, 0.9),
            ],
            Classifier = o => new PerceptronClassifier(NetworkOf(o)),
            Regressor = o => new PerceptronRegressor(NetworkOf(o)),
        },
    ];

    public static IEnumerable<string> Names => All.Select(k => k.Name);

    /// <returns>null when there is none of this name.</returns>
    public static EstimatorKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    private static TreeOptions TreeOf(OptionValues o) => new()
    {
        MaxDepth = o.Whole("maxDepth"),
        MinRowsPerLeaf = o.Whole("minRowsPerLeaf", 1),
        ColumnsPerSplit = o.Whole("columnsPerSplit"),
        MaxBins = o.Whole("maxBins", 255),
        Seed = o.Seed,
    };

    private static ForestOptions ForestOf(OptionValues o) => new() { Trees = o.Whole("trees", 100), Tree = TreeOf(o), Seed = o.Seed };

    private static BoostingOptions BoostingOf(OptionValues o) => new()
    {
        Rounds = o.Whole("rounds", 100),
        LearningRate = o.Number("learningRate", 0.1),
        MaxLeaves = o.Whole("maxLeaves", 31),
        MaxDepth = o.Whole("maxDepth"),
        MinRowsPerLeaf = o.Whole("minRowsPerLeaf", 20),
        L2 = o.Number("l2", 0),
        MaxBins = o.Whole("maxBins", 255),
        Patience = o.Whole("patience"),
        ValidationShare = o.Number("validationShare", 0.1),
        Seed = o.Seed,
    };

    private static PerceptronOptions NetworkOf(OptionValues o) => new()
    {
        Layers = o.Whole("layers", 2),
        Width = o.Whole("width", 64),
        Epochs = o.Whole("epochs", 50),
        BatchSize = o.Whole("batchSize", 64),
        LearningRate = o.Number("learningRate", 1e-3),
        WeightDecay = o.Number("weightDecay", 0.01),
        Patience = o.Whole("patience"),
        ValidationShare = o.Number("validationShare", 0.1),
        Seed = o.Seed,
    };
}
