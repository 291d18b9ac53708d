namespace Cairn.Learning.Tests;

/// <summary>
/// Golden values: scikit-learn 1.2, max_depth 4 (where questions tie, its choice depends on its seed; what is compared does not).
/// </summary>
public sealed class DecisionTreeTests
{
    private static readonly NdArray<double> Rows = Table.Steps(7, 300, 5);
    private static readonly int[] Labels = Table.Classes(Rows, r => (r[0] + (r[1] * r[2]) > .8 ? 1 : 0) + (r[3] > .7 ? 1 : 0));

    [Fact]
    public void A_tree_over_classes_is_as_good_and_as_large_as_the_reference_s()
    {
        var tree = new DecisionTreeClassifier(new() { MaxDepth = 4 });
        tree.Fit(Rows, Labels);
        Assert.Equal(.9266666666666666, ClassificationMetrics.Accuracy(Labels, tree.Predict(Rows)), 12);
        Assert.Equal((14, 4), (tree.Tree!.Leaves, tree.Tree.Depth));
        var probabilities = tree.PredictProbability(Rows).ToArray();
        var mean = probabilities.Average();
        Assert.Equal(.4307041959193211, Math.Sqrt(probabilities.Average(p => (p - mean) * (p - mean))), 10);
    }

    [Fact]
    public void A_tree_over_numbers_predicts_as_the_reference_does()
    {
        var targets = Table.Map(Rows, r => (r[0] + (r[1] * r[2]) > .8 ? 1 : 0) + (r[3] > .7 ? 1 : 0) + (r[4] * .5) + (r[0] * r[1]));
        var tree = new DecisionTreeRegressor(new() { MaxDepth = 4, MinRowsPerLeaf = 5 });
        tree.Fit(Rows, targets);
        var predicted = tree.Predict(Rows);
        Table.Close([1.32253, 1.84115, 1.84115, 1.84115], predicted, 1e-9);
        Assert.Equal(.8455747983516143, RegressionMetrics.R2(targets, predicted), 10);
        Assert.Equal(15, tree.Tree!.Leaves);
    }

    [Fact]
    public void A_missing_value_goes_where_it_parts_best()
    {
        var rows = NdArray.FromRows(new[,] { { 1.0 }, { 2 }, { double.NaN }, { double.NaN }, { 3 }, { 4 } });
        var tree = new DecisionTreeClassifier();
        tree.Fit(rows, [0, 0, 1, 1, 1, 1]);
        Assert.Equal([0, 1, 1], tree.Predict(NdArray.FromRows(new[,] { { 1.5 }, { double.NaN }, { 9 } })));
        tree.Fit(rows, [0, 0, 0, 0, 1, 1]);
        Assert.Equal([0, 0, 1], tree.Predict(NdArray.FromRows(new[,] { { 1.5 }, { double.NaN }, { 9 } })));
    }

    [Fact]
    public void Only_missing_values_against_present_ones_can_be_told_apart()
    {
        var tree = new DecisionTreeRegressor();
        var rows = NdArray.FromRows(new[,] { { 1.0 }, { double.NaN }, { 1 }, { double.NaN } });
        tree.Fit(rows, [5, 7, 5, 7]);
        Assert.Equal([5, 7, 5, 7], tree.Predict(rows));
    }

    [Fact]
    public void Large_targets_with_small_differences_are_still_parted()
    {
        var rows = NdArray.FromRows(new[,] { { 1.0 }, { 2 }, { 3 }, { 4 } });
        var tree = new DecisionTreeRegressor(new() { MaxDepth = 1 });
        tree.Fit(rows, [1e9, 1e9, 1e9 + 1, 1e9 + 1]);
        Assert.Equal([1e9, 1e9, 1e9 + 1, 1e9 + 1], tree.Predict(rows));
    }

    [Fact]
    public void Constant_columns_make_a_single_leaf()
    {
        var tree = new DecisionTreeClassifier();
        tree.Fit(NdArray.Ones<double>(4, 2), [0, 1, 1, 1]);
        Assert.Equal(1, tree.Tree!.Leaves);
        Assert.Equal(.75, tree.PredictProbability(NdArray.Ones<double>(1, 2))[0, 1]);
    }
}
