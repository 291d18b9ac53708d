namespace Cairn.Learning;

/// <summary>
/// Trees over classes, each on rows drawn with putting back and on few columns per question (Breiman, 2001); the mean of their class
/// shares.
/// </summary>
public sealed class RandomForestClassifier(ForestOptions? options = null) : Classifier, IObservableFit
{
    private ForestOptions options = options ?? new ForestOptions();
    private Tree[] trees = [];
    private int columns;

    public Action<FitRound>? Observer { get; set; }

    public IReadOnlyList<Tree> Trees => trees;

    /// <summary>The mean over trees of how much the questions about each column lowered impurity; shares of 1.</summary>
    public double[] Importances => Forests.Importances(trees, columns);

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features, int[] labels, int count)
    {
        columns = features.Columns;
        var perSplit = options.Tree.ColumnsPerSplit ?? Math.Max(1, (int)Math.Sqrt(columns));
        trees = Forests.Grow(features, options, perSplit, weights => new GiniCriterion(labels, weights, count), Observer);
    }

    private protected override NdArray<double> Probabilities(Features features) => Forests.Mean(trees, features);

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        this.columns = columns;
        state.Options("options", ref options, ModelJson.Default.ForestOptions);
        TreeSet.Exchange(state, "trees", ref trees, columns, count);
        state.Require(trees.Length > 0, "there is no tree");
    }
}
