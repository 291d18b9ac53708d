namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class ProbabilityMetricsTests
{
    private static readonly int[] Actual = [0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0];
    private static readonly double[] Scores = [.1, .8, .65, .3, .4, .4, .9, .55, .7, .2, .35, .05];

    [Fact]
    public void Areas_losses_and_the_brier_score_agree_with_the_reference()
    {
        Assert.Equal(.8472222222222222, RocCurve.AreaUnder(Actual, Scores), 12);
        Assert.Equal(.8357142857142856, PrecisionRecallCurve.AreaUnder(Actual, Scores), 12);
        Assert.Equal(.4812089644652657, ProbabilityMetrics.LogLoss(Actual, Scores), 12);
        Assert.Equal(.1625, ProbabilityMetrics.Brier(Actual, Scores), 12);
    }

    [Fact]
    public void The_roc_curve_has_a_point_per_distinct_score_and_begins_at_nothing()
    {
        var curve = RocCurve.Of(Actual, Scores);
        Assert.Equal([double.PositiveInfinity, .9, .8, .7, .65, .55, .4, .35, .3, .2, .1, .05], curve.Thresholds);
        Assert.Equal((0, 1.0 / 6, 1), (curve.FalsePositiveRate[0], curve.FalsePositiveRate[3], curve.FalsePositiveRate[^1]));
        Assert.Equal(5.0 / 6, curve.TruePositiveRate[6], 12);
    }

    [Fact]
    public void The_calibration_curve_agrees_with_the_reference()
    {
        var curve = CalibrationCurve.Of(Actual, Scores, bins: 4);
        double[] shares = [0, .5, 2.0 / 3, 1];
        double[] predicted = [.11666667, .3625, .63333333, .85];
        Assert.Equal([3, 4, 3, 2], curve.Counts);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(shares[i], curve.ShareOfOnes[i], 8);
            Assert.Equal(predicted[i], curve.MeanPredicted[i], 8);
        }
    }

    [Fact]
    public void Log_loss_over_several_classes_agrees_with_the_reference()
    {
        var probabilities = NdArray.FromRows(new[,] { { .7, .2, .1 }, { .1, .5, .4 }, { .3, .3, .4 }, { .05, .9, .05 } });
        Assert.Equal(1.2404612824817058, ProbabilityMetrics.LogLoss([0, 1, 2, 0], probabilities), 12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    [InlineData(-.1)]
    public void Log_loss_over_several_classes_names_the_row_without_a_probability(double wrong)
    {
        var probabilities = NdArray.FromRows(new[,] { { .7, .2, .1 }, { .1, wrong, .4 } });
        var error = Assert.Throws<BadInputException>(() => ProbabilityMetrics.LogLoss([0, 1], probabilities));
        Assert.Equal(1, error.Row);
        Assert.Contains("from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_has_no_roc_curve()
        => Assert.Contains("needs both classes", Assert.Throws<BadInputException>(() => RocCurve.Of([1, 1], [.2, .3])).Message);

    [Fact]
    public void A_score_that_is_not_a_number_is_named_by_row()
        => Assert.Equal(1, Assert.Throws<BadInputException>(() => RocCurve.Of([1, 0], [.2, double.NaN])).Row);

    [Fact]
    public void A_probability_over_one_is_refused()
        => Assert.Contains("from 0 to 1", Assert.Throws<BadInputException>(() => ProbabilityMetrics.Brier([1, 0], [.2, 1.5])).Message);
}
