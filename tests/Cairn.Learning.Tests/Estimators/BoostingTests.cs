namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2, HistGradientBoosting with 20 rounds and otherwise its defaults, tolerance 1e-5 (it sums in
/// single precision), with categories 1e-3 after five rounds.</summary>
public sealed class BoostingTests
{
    private static readonly BoostingOptions Twenty = new() { Rounds = 20 };
    private static readonly NdArray<double> Rows = Table.Steps(11, 1000, 5, 200);
    private static readonly double[] Targets = Table.Map(Rows, r => Math.Sin(6 * r[0]) + (r[1] * r[2]) + (r[3] > .5 ? .5 : 0));

    [Fact]
    public void Numbers_are_predicted_as_by_the_reference()
    {
        var model = new BoostingRegressor(Twenty);
        model.Fit(Rows, Targets);
        Table.Close([.9975054429820205, -.6702352982986596, -.658286529612471, .07402977860488547], model.Predict(Rows), 1e-5);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-200)]
    [InlineData(1e120)]
    public void A_target_in_another_unit_gives_the_same_trees(double unit)
    {
        var (one, other) = (new BoostingRegressor(Twenty), new BoostingRegressor(Twenty));
        one.Fit(Rows, Targets);
        other.Fit(Rows, Array.ConvertAll(Targets, t => unit * t));
        Assert.Equal(one.Trees.Select(t => Questions(t[0])), other.Trees.Select(t => Questions(t[0])));
        Table.Close(one.Predict(Rows), Array.ConvertAll(other.Predict(Rows), p => p / unit), 1e-9);
        Table.Close(one.Importances, other.Importances, 1e-9);
    }

    [Fact]
    public void A_target_of_one_value_asks_no_question()
    {
        var model = new BoostingRegressor(Twenty);
        model.Fit(Rows, Array.ConvertAll(Targets, _ => .1));
        Assert.All(model.Trees, t => Assert.Single(t[0].Nodes));
        Assert.Equal(.1, model.Predict(Rows)[0], 12);
    }

    [Fact]
    public void A_learning_rate_that_diverges_is_said_with_the_round()
    {
        var error = Assert.Throws<DivergenceException>(
            () => new BoostingRegressor(new() { Rounds = 100, LearningRate = 1e9 }).Fit(Rows, Targets));
        Assert.InRange(error.Step, 30, 60);
        Assert.Contains($"diverged at step {error.Step}: a derivative of the loss is not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_classes_are_predicted_as_by_the_reference()
    {
        var model = new BoostingClassifier(Twenty);
        model.Fit(Rows, Array.ConvertAll(Targets, t => t > .7 ? 1 : 0));
        var ones = Enumerable.Range(0, 4).Select(r => model.PredictProbability(Rows)[r, 1]).ToArray();
        Table.Close([.9245724750716471, .05871473414791591, .05873262265722138, .05873278540694026], ones, 1e-5);
    }

    [Fact]
    public void Three_classes_are_predicted_as_by_the_reference()
    {
        // Three rounds: later, the reference parts pure leaves by gains of 1e-15, which are its rounding.
        var model = new BoostingClassifier(Twenty with { Rounds = 3 });
        model.Fit(Rows, Array.ConvertAll(Targets, t => Math.Clamp((int)Math.Floor(t * 1.5), 0, 2)));
        Table.Close([.3048024962496496, .5759882580293687, .11920924572098168, .7397663209958802], model.PredictProbability(Rows).ToArray(),
            1e-5);
    }

    [Fact]
    public void Missing_values_are_learned_from_as_by_the_reference()
    {
        var rows = Rows.Copy();
        for (var r = 0; r < 1000; r += 3)
            rows[r, 0] = double.NaN;
        for (var r = 1; r < 1000; r += 5)
            rows[r, 3] = double.NaN;
        var model = new BoostingRegressor(Twenty);
        model.Fit(rows, Targets);
        Table.Close([.23672026761565837, -.35364743729992604, -.6276739042808347, .4690872516634491], model.Predict(rows), 1e-5);
    }

    [Fact]
    public void Categories_are_parted_as_by_the_reference()
    {
        double[] effects = [.3, -.2, .9, -.7, .1, .5, -.4, .8, -.9, .2, .6, -.1];
        var rows = Rows.Copy();
        var targets = Targets.ToArray();
        for (var r = 0; r < 1000; r++)
        {
            rows[r, 4] = Math.Floor(rows[r, 4] * 12);
            targets[r] += effects[(int)rows[r, 4]];
        }
        var model = new BoostingRegressor(Twenty with { Rounds = 5, CategoricalColumns = [4] });
        model.Fit(rows, targets);
        var predicted = model.Predict(rows);
        Table.Close([.4011536862031332, .4106643311972933, -.028554254574346058, .3319457294632548], predicted, 1e-3);
        Assert.Equal(.5917686708259805, RegressionMetrics.R2(targets, predicted), 3);
        rows[0, 4] = 99;
        Assert.True(double.IsFinite(model.Predict(rows)[0]));
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        var random = new Seeded(2);
        var noisy = Array.ConvertAll(Targets, t => t + random.Normal());
        var model = new BoostingRegressor(new() { Rounds = 400, Patience = 5, ValidationShare = .3, LearningRate = .3 });
        model.Fit(Rows, noisy);
        var losses = model.ValidationLosses.ToList();
        Assert.True(losses.Count < 400);
        Assert.Equal(losses.IndexOf(losses.Min()) + 1, model.Trees.Count);
    }

    [Fact]
    public void A_column_with_too_many_categories_is_named()
    {
        var rows = new Features(NdArray<double>.Over([.. Enumerable.Range(0, 300).Select(i => (double)i)], 300, 1), ["city"]);
        var model = new BoostingRegressor(Twenty with { CategoricalColumns = [0] });
        Assert.Equal("city", Assert.Throws<BadInputException>(() => model.Fit(rows, new double[300])).Column);
    }

    private static string Questions(Tree tree) => string.Join(' ', tree.Nodes.Select(n => $"{n.Column}<{n.Threshold:R}"));

    [Fact]
    public void A_learning_rate_of_0_is_refused()
        => Assert.Contains("learning rate",
            Assert.Throws<ArgumentException>(() => new BoostingRegressor(new() { LearningRate = 0 }).Fit(Rows, Targets)).Message);
}
