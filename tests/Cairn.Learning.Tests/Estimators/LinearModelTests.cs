namespace Cairn.Learning.Tests;

/// <summary>
/// Golden values: scikit-learn 1.2, converged; tolerance 1e-6, with an L1 penalty and in logistic regression 1e-4 to 1e-3.
/// </summary>
public sealed class LinearModelTests
{
    private static readonly NdArray<double> Rows = Table.Of(21, 200, 4);
    private static readonly double[] Targets = Table.Map(Rows, r => (2 * r[0]) - (3 * r[1]) + (.5 * r[2] * r[3]) + 1);
    private static readonly LassoOptions Sharp = new() { Penalty = .02, Tolerance = 1e-10, MaxIterations = 10_000 };

    [Fact]
    public void Least_squares_agree_with_the_reference()
    {
        var model = new LinearRegression();
        model.Fit(Rows, Targets);
        Table.Close([1.9926283949389387, -2.998184899000307, .2496160925534867, .2250761832420859, .8974997701329996],
            [.. model.Coefficients, model.Intercept], 1e-9);
        Assert.True(RegressionMetrics.R2(Targets, model.Predict(Rows)) > .99);
    }

    [Fact]
    public void Ridge_agrees_with_the_reference()
    {
        var model = new Ridge(2.5);
        model.Fit(Rows, Targets);
        Table.Close([1.7048567227532279, -2.5644590565767635, .2804816116250782, .16197593059224544, .8471029468641698],
            [.. model.Coefficients, model.Intercept], 1e-9);
    }

    [Theory]
    [InlineData(1, 1.7438513898478705, -2.7263429457900386, .08680632673161064, 0, 1.081896407631802)]
    [InlineData(.5, 1.6451636546275257, -2.521043806070451, .20044043274712262, .06919580099357679, .9413691986268636)]
    public void Lasso_and_elastic_net_agree_with_the_reference(double share, double a, double b, double c, double d, double intercept)
    {
        var model = new Lasso(Sharp with { L1Share = share });
        model.Fit(Rows, Targets);
        Table.Close([a, b, c, d, intercept], [.. model.Coefficients, model.Intercept], 1e-6);
    }

    [Fact]
    public void The_path_begins_where_all_coefficients_are_0()
    {
        var path = Lasso.Path(Rows, Targets, 5, 1e-2, Sharp);
        Table.Close([.22681711382759723, .07172586920008793, .02268171138275973, .007172586920008793, .0022681711382759725],
            path.Select(p => p.Penalty).ToArray(), 1e-12);
        Assert.All(path[0].Coefficients, c => Assert.Equal(0, c, 12));
        Table.Close([1.9034040868716422, -2.900434302481188, .1916400474465997, .14207911956396427], path[3].Coefficients, 1e-6);
    }

    [Fact]
    public void Columns_that_depend_on_each_other_share_their_coefficient()
    {
        var rows = NdArray.FromRows(new[,] { { 1.0, 1 }, { 2, 2 }, { 3, 3 }, { 5, 5 } });
        var model = new LinearRegression();
        model.Fit(rows, [2, 4, 6, 10]);
        Table.Close([1, 1, 0], [.. model.Coefficients, model.Intercept], 1e-9);
    }

    [Fact]
    public void Polynomials_come_in_the_reference_s_order()
    {
        var features = new PolynomialFeatures().FitTransform(new Features(NdArray.FromRows(new[,] { { 2.0, 3, 5 } }), ["a", "b", "c"]));
        Assert.Equal([1, 2, 3, 5, 4, 6, 10, 9, 15, 25], features.Dense.ToArray());
        Assert.Equal("a * b", features.NameOf(5));
    }

    [Fact]
    public void Binary_logistic_regression_agrees_with_the_reference()
    {
        var model = new LogisticRegression(new() { Tolerance = 1e-9 });
        model.Fit(Rows, Array.ConvertAll(Targets, t => t > .5 ? 1 : 0));
        Assert.True(model.Converged);
        Table.Close([2.7895374685622802, -5.641983698495577, .5325372455222863, .26816769012055375], model.Coefficients!.ToArray(), 1e-4);
        Assert.Equal(1.4921294485784016, model.Intercepts![0], 4);
    }

    [Fact]
    public void Multinomial_logistic_regression_agrees_with_the_reference()
    {
        var model = new LogisticRegression(new() { Tolerance = 1e-9, L2 = .1, MaxIterations = 1000 });
        model.Fit(Rows, Array.ConvertAll(Targets, t => t < 0 ? 0 : t < 1 ? 1 : 2));
        Table.Close([-8.304875345641157, 11.436301322647411, -1.3016210279279385, -1.0125853675040306, -.14585253117062555],
            model.Coefficients!.ToArray(), 5e-4);
        Table.Close([-1.5939897640363851, .9699178603416685, .6240719036946857], model.Intercepts!.ToArray(), 5e-4);
        Table.Close([1], [model.PredictProbability(Rows).Row(7).ToArray().Sum()], 1e-12);
    }

    [Fact]
    public void An_l1_penalty_makes_the_reference_s_coefficients_0()
    {
        var model = new LogisticRegression(new() { L1 = 5, L2 = 0, Tolerance = 1e-9, MaxIterations = 1000 });
        model.Fit(Rows, Array.ConvertAll(Targets, t => t > .5 ? 1 : 0));
        Table.Close([1.926312323832998, -5.677520754397287, 0, 0, 2.326500778483088],
            [.. model.Coefficients!.ToArray(), model.Intercepts![0]], 1e-3);
        Assert.Equal(0, model.Coefficients[0, 2]);
    }

    [Fact]
    public void Sparse_and_dense_rows_give_the_same_model()
    {
        var labels = Array.ConvertAll(Targets, t => t < 0 ? 0 : t < 1 ? 1 : 2);
        var (dense, sparse) = (new LogisticRegression(), new LogisticRegression());
        dense.Fit(Rows, labels);
        sparse.Fit(SparseMatrix.FromDense(Rows), labels);
        Assert.Equal(dense.Coefficients!.ToArray(), sparse.Coefficients!.ToArray());
        Assert.Equal(dense.Predict(Rows), sparse.Predict(SparseMatrix.FromDense(Rows)));
    }

    [Fact]
    public void Fewer_columns_than_in_training_are_refused()
    {
        var model = new Ridge();
        model.Fit(Rows, Targets);
        Assert.Contains("4 columns", Assert.Throws<ShapeException>(() => model.Predict(NdArray.Zeros<double>(2, 3))).Message);
    }

    [Fact]
    public void A_target_that_is_not_a_number_is_named()
    {
        var targets = Targets.ToArray();
        targets[3] = double.NaN;
        var error = Assert.Throws<BadInputException>(() => new Ridge().Fit(Rows, targets));
        Assert.Equal(("target", 3), (error.Column, error.Row));
    }
}
