namespace Cairn.Learning;

/// <summary>
/// One tree over numbers, grown by least variance (CART; Breiman et al., 1984). Missing values (NaN) go where they part best.
/// </summary>
public sealed class DecisionTreeRegressor(TreeOptions? options = null) : Regressor
{
    private TreeOptions options = options ?? new TreeOptions();

    /// <summary>The tree, after <c>Fit</c>.</summary>
    public Tree? Tree { get; private set; }

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features, double[] targets)
    {
        options.Validate();
        var weights = new int[targets.Length];
        weights.AsSpan().Fill(1);
        var grower = new TreeGrower(
            BinnedColumns.Of(features, options.MaxBins, options.Seed), options, new VarianceCriterion(targets, weights));
        Tree = grower.Grow(weights, options.ColumnsPerSplit ?? features.Columns, new Seeded(options.Seed));
    }

    private protected override double[] Numbers(Features features) => Forests.Mean([Tree!], features).ToArray();

    private protected override void Exchange(ModelState state, int columns)
    {
        Tree[] trees = Tree is null ? [] : [Tree];
        state.Options("options", ref options, ModelJson.Default.TreeOptions);
        TreeSet.Exchange(state, "trees", ref trees, columns, 1);
        state.Require(trees.Length == 1, "there is not one tree");
        Tree = trees[0];
    }
}
