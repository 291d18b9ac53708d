namespace Cairn.Learning;

/// <summary>Trees over numbers, each on rows drawn with putting back (Breiman, 2001); the mean of what they say.</summary>
public sealed class RandomForestRegressor(ForestOptions? options = null) : Regressor, IObservableFit
{
    private ForestOptions options = options ?? new ForestOptions();
    private Tree[] trees = [];
    private int columns;

    public Action<FitRound>? Observer { get; set; }

    public IReadOnlyList<Tree> Trees => trees;

    /// <summary>The mean over trees of how much the questions about each column lowered variance; shares of 1.</summary>
    public double[] Importances => Forests.Importances(trees, columns);

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features, double[] targets)
    {
        columns = features.Columns;
        trees = Forests.Grow(features, options, options.Tree.ColumnsPerSplit ?? columns, weights => new VarianceCriterion(targets, weights),
            Observer);
    }

    private protected override double[] Numbers(Features features) => Forests.Mean(trees, features).ToArray();

    private protected override void Exchange(ModelState state, int columns)
    {
        this.columns = columns;
        state.Options("options", ref options, ModelJson.Default.ForestOptions);
        TreeSet.Exchange(state, "trees", ref trees, columns, 1);
        state.Require(trees.Length > 0, "there is no tree");
    }
}
