namespace Cairn.Learning.Tests;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_of_an_accuracy_is_that_of_a_binomial()
    {
        var actual = new int[400];
        var predicted = new int[400];
        for (var i = 0; i < 400; i++)
            predicted[i] = i % 5 == 0 ? 1 : 0;
        var interval = Bootstrap.Of<int, int>(actual, predicted, ClassificationMetrics.Accuracy, new() { Samples = 400, Seed = 3 });
        Assert.Equal(.8, interval.Value, 12);
        Assert.InRange(interval.Lower, .8 - .05, .8 - .03);     // 1.96 * sqrt(.8 * .2 / 400) = .039
        Assert.InRange(interval.Upper, .8 + .03, .8 + .05);
    }

    [Fact]
    public void A_seed_gives_the_same_interval_again()
    {
        int[] actual = [0, 1, 0, 1, 1, 0, 0, 1];
        double[] scores = [.1, .4, .35, .8, .7, .5, .2, .3];
        var options = new BootstrapOptions { Samples = 50, Seed = 9 };
        Assert.Equal(
            Bootstrap.Of<int, double>(actual, scores, RocCurve.AreaUnder, options),
            Bootstrap.Of<int, double>(actual, scores, RocCurve.AreaUnder, options));
    }

    [Fact]
    public void Rows_that_the_metric_refuses_have_no_interval()
        => Assert.Throws<BadInputException>(() => Bootstrap.Of<int, double>([1, 1], [.1, .2], RocCurve.AreaUnder));
}
