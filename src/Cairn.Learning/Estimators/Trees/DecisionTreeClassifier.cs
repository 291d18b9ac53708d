namespace Cairn.Learning;

/// <summary>
/// One tree over classes, grown by Gini impurity (CART; Breiman et al., 1984). Missing values (NaN) go where they part best.
/// </summary>
public sealed class DecisionTreeClassifier(TreeOptions? options = null) : Classifier
{
    private TreeOptions options = options ?? new TreeOptions();

    /// <summary>The tree, after <c>Fit</c>.</summary>
    public Tree? Tree { get; private set; }

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features, int[] labels, int count)
    {
        options.Validate();
        var weights = new int[labels.Length];
        weights.AsSpan().Fill(1);
        var grower = new TreeGrower(
            BinnedColumns.Of(features, options.MaxBins, options.Seed), options, new GiniCriterion(labels, weights, count));
        Tree = grower.Grow(weights, options.ColumnsPerSplit ?? features.Columns, new Seeded(options.Seed));
    }

    private protected override NdArray<double> Probabilities(Features features) => Forests.Mean([Tree!], features);

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        Tree[] trees = Tree is null ? [] : [Tree];
        state.Options("options", ref options, ModelJson.Default.TreeOptions);
        TreeSet.Exchange(state, "trees", ref trees, columns, count);
        state.Require(trees.Length == 1, "there is not one tree");
        Tree = trees[0];
    }
}
