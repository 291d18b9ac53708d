namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class BayesAndNeighboursTests
{
    private static readonly NdArray<double> Rows = Table.Of(31, 150, 4);
    private static readonly NdArray<double> Asked = Table.Of(32, 50, 4);
    private static readonly int[] Labels = Table.Classes(Rows, r => (r[0] + (r[1] * .5)) switch { < .5 => 0, < .9 => 1, _ => 2 });

    [Theory]
    [InlineData(1e5)]
    [InlineData(-1e200)]
    public void A_row_beyond_all_classes_of_constant_columns_has_the_priors(double far)
    {
        var model = new GaussianNaiveBayes();
        model.Fit(NdArray.Full(3.0, 4, 2), [0, 1, 1, 1]);
        Table.Close([.25, .75], model.PredictProbability(NdArray.Full(far, 1, 2)).ToArray(), 1e-12);
    }

    [Fact]
    public void A_row_whose_squared_distance_has_no_number_has_shares_of_1()
    {
        var model = new GaussianNaiveBayes();
        model.Fit(NdArray.FromRows(new[,] { { 1.0 }, { 2 }, { 5 }, { 9 } }), [0, 0, 1, 1]);
        Assert.Equal(1, model.PredictProbability(NdArray.Full(1e200, 1, 1)).Sum(), 12);
    }

    [Fact]
    public void Gaussian_naive_bayes_agrees_with_the_reference()
    {
        var model = new GaussianNaiveBayes();
        model.Fit(Rows, Labels);
        Table.Close([.9086379249766153, .09131002629951143, 5.20487238733444e-05, .5304366601261259],
            model.PredictProbability(Rows).ToArray(), 1e-9);
    }

    [Fact]
    public void Multinomial_naive_bayes_agrees_with_the_reference()
    {
        var counts = NdArray<double>.Over(Array.ConvertAll(Rows.ToArray(), v => Math.Floor(v * 6)), 150, 4);
        var model = new MultinomialNaiveBayes(.5);
        model.Fit(counts, Labels);
        Table.Close([.48770120072635015, .37319019439936973, .13910860487428045, .2598970903262557],
            model.PredictProbability(counts).ToArray(), 1e-9);
    }

    [Fact]
    public void A_negative_count_is_named()
    {
        var rows = new Features(NdArray.FromRows(new[,] { { 1.0, 2 }, { 3, -1 } }), ["a", "b"]);
        Assert.Equal("b", Assert.Throws<BadInputException>(() => new MultinomialNaiveBayes().Fit(rows, [0, 1])).Column);
    }

    [Fact]
    public void Neighbours_decide_as_by_the_reference()
    {
        var model = new NeighbourClassifier(new() { Neighbours = 7 });
        model.Fit(Rows, Labels);
        Table.Close([5 / 7.0, 2 / 7.0, 0, 0, 3 / 7.0, 4 / 7.0], model.PredictProbability(Asked).ToArray(), 1e-12);
        Assert.Equal(59, model.Predict(Asked).Sum());
    }

    [Fact]
    public void Neighbours_weighted_by_distance_predict_as_by_the_reference()
    {
        var model = new NeighbourRegressor(new() { ByDistance = true });
        model.Fit(Rows, Table.Map(Rows, r => (r[0] * 2) + r[1]));
        Table.Close([.8440609542555536, 1.9633689310727327, 1.9711861442361918], model.Predict(Asked), 1e-9);
    }

    [Fact]
    public void The_tree_finds_what_looking_at_all_rows_finds()
    {
        var points = Table.Of(8, 2000, 3);
        var index = new NearestRows(points);
        for (var query = 0; query < 50; query++)
        {
            var point = Asked.Row(query)[..3].ToArray();
            var expected = Enumerable.Range(0, 2000)
                .OrderBy(r => Math.Pow(points[r, 0] - point[0], 2) + Math.Pow(points[r, 1] - point[1], 2)
                    + Math.Pow(points[r, 2] - point[2], 2)).Take(9);
            Assert.Equal(expected, index.Find(point, 9).Select(f => f.Row));
        }
    }

    [Fact]
    public void More_neighbours_than_rows_are_refused()
        => Assert.Contains("take 1 to 150",
            Assert.Throws<BadInputException>(() => new NeighbourClassifier(new() { Neighbours = 200 }).Fit(Rows, Labels)).Message);
}
