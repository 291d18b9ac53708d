namespace Cairn.Learning.Tests;

public sealed class PerceptronTests
{
    // So many weights over so few rows of noise learn the rows by heart within a few epochs.
    private static readonly PerceptronOptions Hasty =
        new() { Width = 32, Epochs = 60, BatchSize = 8, LearningRate = 0.02, Patience = 5, ValidationShare = 0.3, Seed = 4 };

    private static readonly NdArray<double> Rows = new Seeded(5).Normal<double>(60, 6);

    [Fact]
    public void A_network_stops_when_the_loss_on_rows_set_aside_no_longer_falls_and_keeps_the_best_epoch()
    {
        var labels = Table.Classes(Rows, r => r[0] + (3 * r[5]) > r[1] + (2 * r[4] * r[3]) ? 1 : 0);
        var rounds = new List<FitRound>();
        var model = new PerceptronClassifier(Hasty) { Observer = rounds.Add };
        model.Fit(Rows, labels);

        var losses = model.ValidationLosses.ToList();
        var best = losses.IndexOf(losses.Min());
        Assert.InRange(losses.Count, 6, 59);
        Assert.Equal(best + 6, losses.Count);
        Assert.Equal(losses, rounds.Select(r => r.Validation!.Value));
        Assert.True(rounds[^1].Training < rounds[0].Training);
        var short1 = new PerceptronClassifier(Hasty with { Epochs = best + 1 });
        short1.Fit(Rows, labels);
        Assert.Equal(short1.PredictProbability(Rows).ToArray(), model.PredictProbability(Rows).ToArray());
    }

    [Fact]
    public void Numbers_are_learned_with_rows_set_aside_too()
    {
        var targets = Table.Map(Rows, r => (100 * r[0]) + (30 * r[1] * r[2]));
        var model = new PerceptronRegressor(Hasty);
        model.Fit(Rows, targets);
        var losses = model.ValidationLosses.ToList();
        Assert.Equal(losses.IndexOf(losses.Min()) + 6, losses.Count);
        Assert.True(RegressionMetrics.R2(targets, model.Predict(Rows)) > 0.5);
    }

    [Fact]
    public void Without_patience_every_epoch_is_learned_from_every_row()
    {
        var rounds = new List<FitRound>();
        var model = new PerceptronRegressor(Hasty with { Patience = null, Epochs = 7 }) { Observer = rounds.Add };
        model.Fit(Rows, Table.Map(Rows, r => r[0]));
        Assert.Equal(7, rounds.Count);
        Assert.Empty(model.ValidationLosses);
        Assert.All(rounds, r => Assert.Null(r.Validation));
    }

    [Fact]
    public void A_patience_of_nothing_is_refused()
        => Assert.Contains(
            "patience of at least 1 epoch",
            Assert.Throws<ArgumentException>(
                () => new PerceptronRegressor(Hasty with { Patience = 0 }).Fit(Rows, Table.Map(Rows, r => r[0]))).Message,
            StringComparison.Ordinal);
}
