namespace Cairn.Learning.Tests;

public sealed class CheckpointTests
{
    private static readonly NdArray<double> Rows = Table.Of(11, 1500, 5);

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(2, 3)]
    public void A_fit_that_goes_on_from_a_checkpoint_becomes_the_same_classifier(int classes, int? patience)
    {
        var labels = Table.Classes(Rows, r => (int)(classes * (r[0] + (r[1] * r[2])) / 2.01));
        var options = new BoostingOptions { Rounds = 12, Patience = patience, LearningRate = .3, Seed = 4 };
        var whole = new BoostingClassifier(options);
        whole.Fit(Rows, labels);

        var broken = new BoostingClassifier(options);
        var checkpoint = Break(broken, 5, () => broken.Fit(Rows, labels));
        var resumed = new BoostingClassifier(options);
        var rounds = new List<int>();
        resumed.Observer = round => rounds.Add(round.Number);
        resumed.ResumeFrom(checkpoint);
        resumed.Fit(Rows, labels);

        Assert.Equal(6, rounds[0]);
        Assert.Equal(whole.ValidationLosses, resumed.ValidationLosses);
        Assert.Equal(whole.PredictProbability(Rows).ToArray(), resumed.PredictProbability(Rows).ToArray());
    }

    [Fact]
    public void A_fit_that_goes_on_from_a_checkpoint_becomes_the_same_regressor()
    {
        var targets = Table.Map(Rows, r => r[0] - (r[1] * r[2]));
        var options = new BoostingOptions { Rounds = 9 };
        var whole = new BoostingRegressor(options);
        whole.Fit(Rows, targets);
        var broken = new BoostingRegressor(options);
        var checkpoint = Break(broken, 3, () => broken.Fit(Rows, targets));
        var resumed = new BoostingRegressor(options);
        resumed.ResumeFrom(checkpoint);
        resumed.Fit(Rows, targets);
        Assert.Equal(whole.Predict(Rows), resumed.Predict(Rows));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void A_network_that_goes_on_from_a_checkpoint_takes_the_same_steps(int? patience)
    {
        var labels = Table.Classes(Rows, r => r[0] > r[1] ? 1 : 0);
        var options = new PerceptronOptions { Width = 8, Epochs = 6, LearningRate = 0.02, Patience = patience, Seed = 3 };
        var whole = new PerceptronClassifier(options);
        whole.Fit(Rows, labels);
        var broken = new PerceptronClassifier(options);
        var checkpoint = Break(broken, 2, () => broken.Fit(Rows, labels));
        var resumed = new PerceptronClassifier(options);
        resumed.ResumeFrom(checkpoint);
        resumed.Fit(Rows, labels);
        Assert.Equal(whole.ValidationLosses, resumed.ValidationLosses);
        Assert.Equal(patience ?? 0, resumed.ValidationLosses.Count);
        Assert.Equal(whole.PredictProbability(Rows).ToArray(), resumed.PredictProbability(Rows).ToArray());
        Assert.True(ClassificationMetrics.Accuracy(labels, resumed.Predict(Rows)) > 0.9);
    }

    [Fact]
    public void A_fit_that_is_ended_by_its_observer_is_the_one_of_so_many_rounds()
    {
        var labels = Table.Classes(Rows, r => r[0] > r[1] ? 1 : 0);
        var boosting = new BoostingClassifier(new() { Rounds = 9 });
        EndAt(boosting, 4, () => boosting.Fit(Rows, labels));
        var four = new BoostingClassifier(new() { Rounds = 4 });
        four.Fit(Rows, labels);
        Assert.Equal(four.PredictProbability(Rows).ToArray(), boosting.PredictProbability(Rows).ToArray());

        var network = new PerceptronClassifier(new() { Width = 8, Epochs = 6, Seed = 3 });
        EndAt(network, 2, () => network.Fit(Rows, labels));
        var two = new PerceptronClassifier(new() { Width = 8, Epochs = 2, Seed = 3 });
        two.Fit(Rows, labels);
        Assert.Equal(two.PredictProbability(Rows).ToArray(), network.PredictProbability(Rows).ToArray());
        Assert.Throws<InvalidOperationException>(new BoostingRegressor().EndFit);

        static void EndAt(IIterative model, int round, Action fit)
        {
            var rounds = new List<int>();
            model.Observer = r =>
            {
                rounds.Add(r.Number);
                if (r.Number == round)
                    model.EndFit();
            };
            fit();
            Assert.Equal(Enumerable.Range(1, round), rounds);
        }
    }

    [Fact]
    public void A_learning_rate_that_runs_away_is_said_with_its_step()
    {
        var model = new PerceptronRegressor(new() { LearningRate = 1e6, Epochs = 20 });
        var error = Assert.Throws<DivergenceException>(() => model.Fit(Rows, Table.Map(Rows, r => r[0])));
        Assert.Contains($"diverged at step {error.Step}", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Step, 1, 100);
    }

    [Fact]
    public void Each_round_says_its_losses()
    {
        var rounds = new List<FitRound>();
        var model = new BoostingRegressor(new() { Rounds = 6, Patience = 6, Seed = 1 }) { Observer = rounds.Add };
        model.Fit(Rows, Table.Map(Rows, r => r[0]));
        Assert.Equal([1, 2, 3, 4, 5, 6], rounds.Select(r => r.Number));
        Assert.Equal(model.ValidationLosses, rounds.Select(r => r.Validation!.Value));
        Assert.True(rounds[5].Training < rounds[0].Training);
    }

    [Fact]
    public void A_forest_tells_of_each_tree_and_stops_when_it_is_told_to()
    {
        var labels = Table.Classes(Rows, r => r[0] > r[1] ? 1 : 0);
        var told = new List<int>();
        var forest = new RandomForestClassifier(new() { Trees = 9 }) { Observer = r => told.Add(r.Number) };
        forest.Fit(Rows, labels);
        Assert.Equal(Enumerable.Range(1, 9), told);
        forest.Observer = r => throw new OperationCanceledException(r.Number == 1 ? "first" : "later");
        Assert.Equal("first", Assert.Throws<OperationCanceledException>(() => forest.Fit(Rows, labels)).Message);
    }

    [Fact]
    public void A_logistic_regression_tells_its_falling_loss()
    {
        var rounds = new List<FitRound>();
        var model = new LogisticRegression { Observer = rounds.Add };
        model.Fit(Rows, Table.Classes(Rows, r => r[0] > r[1] ? 1 : 0));
        Assert.Equal(model.Iterations, rounds.Count);
        Assert.True(rounds[^1].Training < rounds[0].Training);
    }

    [Fact]
    public void A_checkpoint_of_other_rows_is_refused()
    {
        var broken = new BoostingRegressor(new() { Rounds = 5 });
        var checkpoint = Break(broken, 2, () => broken.Fit(Rows, Table.Map(Rows, r => r[0])));
        var other = new BoostingRegressor(new() { Rounds = 5 });
        other.ResumeFrom(checkpoint);
        Assert.Contains("other rows", Assert.Throws<BadInputException>(() => other.Fit(Rows, Table.Map(Rows, r => r[1]))).Message,
            StringComparison.Ordinal);
    }

    private static MemoryStream Break(IIterative model, int round, Action fit)
    {
        var checkpoint = new MemoryStream();
        model.Observer = r =>
        {
            checkpoint.SetLength(0);
            model.SaveCheckpoint(checkpoint);
            if (r.Number < round)
                return;
            throw new OperationCanceledException();
        };
        Assert.Throws<OperationCanceledException>(fit);
        checkpoint.Position = 0;
        return checkpoint;
    }
}
