namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class CalibrationAndRankingTests
{
    private static readonly NdArray<double> Rows = Table.Of(31, 150, 4);

    [Fact]
    public void Isotonic_regression_agrees_with_the_reference()
    {
        var model = new IsotonicRegression();
        model.Fit(Table.Map(Rows, r => r[0]).AsSpan(0, 12), Table.Map(Rows, r => r[1]).AsSpan(0, 12));
        Table.Close(
            [.41666512326337396, .41666512326337396, .44361557075722907, .5086004797834903, .5086004797834903, .9893993430305272],
            model.Predict([0, .1, .33, .5, .77, 1]),
            1e-9);
    }

    [Fact]
    public void Platt_s_sigmoid_agrees_with_the_reference()
    {
        var model = new PlattCalibration();
        model.Fit(Table.Map(Rows, r => (r[0] * 4) - 2), Table.Classes(Rows, r => r[0] + r[1] > 1 ? 1 : 0));
        Table.Close([-1.065700900008285, .08069986073762253], [model.A, model.B], 1e-4);
        Table.Close([.24114711271677938, .4798359767568744, .8202218855562948], model.Predict([-1, 0, 1.5]), 1e-5);
    }

    [Fact]
    public void Ranking_puts_relevant_documents_of_new_queries_first()
    {
        var rows = Table.Of(41, 1200, 4);
        // What is of use is hidden in the product of two columns: neither alone ranks well.
        var relevance = Table.Classes(rows, r => (r[0] * r[1]) switch { > .5 => 3, > .3 => 2, > .15 => 1, _ => 0 });
        var queries = Enumerable.Range(0, 1200).Select(i => i / 12).ToArray();
        Features features = rows;
        var train = Enumerable.Range(0, 840).ToArray();
        var model = new LambdaMart(new() { Rounds = 60 });
        model.Fit(features.Take(train), relevance.AsSpan(0, 840), queries.AsSpan(0, 840));
        var scores = model.Predict(features);
        var ndcg = Enumerable.Range(70, 30).Average(q => RankingMetrics.Ndcg(relevance.AsSpan(12 * q, 12), scores.AsSpan(12 * q, 12), 10));
        var single = Enumerable.Range(70, 30).Average(q => RankingMetrics.Ndcg(
            relevance.AsSpan(12 * q, 12), Table.Map(rows, r => r[0]).AsSpan(12 * q, 12), 10));
        Assert.True(ndcg > .95 && ndcg > single + .1, $"ndcg {ndcg}, by one column {single}");
    }

    [Fact]
    public void Queries_of_another_length_than_the_grades_are_refused()
        => Assert.Throws<ShapeException>(() => new LambdaMart().Fit(Rows, new int[150], new int[149]));
}
