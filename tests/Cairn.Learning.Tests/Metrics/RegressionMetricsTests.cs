namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class RegressionMetricsTests
{
    [Fact]
    public void Errors_agree_with_the_reference()
    {
        double[] actual = [3, -.5, 2, 7];
        double[] predicted = [2.5, 0, 2, 8];
        Assert.Equal(.9486081370449679, RegressionMetrics.R2(actual, predicted), 12);
        Assert.Equal(.5, RegressionMetrics.MeanAbsoluteError(actual, predicted), 12);
        Assert.Equal(.6123724356957945, RegressionMetrics.RootMeanSquaredError(actual, predicted), 12);
    }

    [Fact]
    public void A_constant_target_has_r2_of_1_only_when_met()
    {
        Assert.Equal(1, RegressionMetrics.R2([2, 2], [2, 2]));
        Assert.Equal(0, RegressionMetrics.R2([2, 2], [2, 3]));
    }

    [Theory]
    [InlineData(.1)]
    [InlineData(1)]
    [InlineData(-1e200)]
    public void A_constant_target_whose_mean_is_rounded_has_r2_of_1_only_when_met(double value)
    {
        var actual = Enumerable.Repeat(value, 10).ToArray();
        Assert.Equal(1, RegressionMetrics.R2(actual, actual));
        Assert.Equal(0, RegressionMetrics.R2(actual, Enumerable.Repeat(.6, 10).ToArray()));
    }

    [Fact]
    public void Ndcg_agrees_with_the_reference()
    {
        int[] relevance = [3, 2, 3, 0, 1, 2];
        double[] scores = [.5, .9, .1, .8, .3, .2];
        Assert.Equal(.7252073936322684, RankingMetrics.Ndcg(relevance, scores), 12);
        Assert.Equal(.5032319773743109, RankingMetrics.Ndcg(relevance, scores, top: 3), 12);
    }

    [Fact]
    public void Ndcg_of_nothing_relevant_is_0() => Assert.Equal(0, RankingMetrics.Ndcg([0, 0], [1, 2]));
}
