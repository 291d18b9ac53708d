using System.Collections.Immutable;

namespace Cairn.Training.Tests;

/// <summary>A training that a person leaves off early becomes a version of what it has.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("boosting", "rounds")]
    [InlineData("network", "epochs")]
    public async Task A_training_stopped_after_a_round_is_the_one_of_so_many_rounds(string kind, string option)
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var short4 = await shop.TrainAsync(shop.Ships(kind, 200, (option, "4")));
        var id = await shop.RecordAsync(shop.Ships(kind, 200, (option, "10")));
        var attempt = new Attempt(id, checkpoint: null) { OnStep = Stop(shop, id, "round 4 of 10") };

        await shop.Trainer.RunAsync(attempt, default);

        Assert.DoesNotContain("round 5 of 10", attempt.Steps);
        var ended = await shop.Experiments.FindAsync(Workshop.Builder, id, default);
        Assert.Equal((ExperimentStatus.Done, null), (ended.Status, ended.Stopping));
        Assert.Equal([new EarlyStop(TrainingStage.Learning, 4, 10)], ended.Outcome!.Stopped.AsEnumerable());
        Assert.Equal(short4.Outcome!.Metrics.AsEnumerable(), ended.Outcome.Metrics);
        Assert.Equal([2, 1], (await shop.Registry.FindAsync(Workshop.Builder, "ships", default)).Versions.Select(v => v.Version));
    }

    [Fact]
    public async Task A_boosting_with_rows_set_aside_keeps_its_best_round_of_those_it_had()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var id = await shop.RecordAsync(
            shop.Ships("boosting", 300, ("rounds", "40"), ("patience", "40"), ("learningRate", "1"), ("minRowsPerLeaf", "1")));
        await shop.Trainer.RunAsync(new Attempt(id, checkpoint: null) { OnStep = Stop(shop, id, "round 12 of 40") }, default);

        var curve = await shop.Experiments.CurvesAsync(Workshop.Builder, id, default);
        var best = curve.Where(p => p.Series == "validation").MinBy(p => p.Value)!.Step;
        Assert.InRange(best, 1, 11);
        await using var file = await shop.Experiments.OpenArtefactAsync(Workshop.Builder, id, "model.safetensors", default);
        Assert.Equal(best, ((Cairn.Learning.BoostingClassifier)FittedModel.Read(file).Classifier!).Trees.Count);
    }

    [Fact]
    public async Task A_network_with_rows_set_aside_ends_by_itself_and_shows_both_losses()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var ended = await shop.TrainAsync(
            shop.Ships("network", 100, ("epochs", "200"), ("patience", "3"), ("learningRate", "0.05"), ("validationShare", "0.3")));
        var curve = await shop.Experiments.CurvesAsync(Workshop.Builder, ended.Id, default);
        var losses = curve.Where(p => p.Series == "validation").OrderBy(p => p.Step).Select(p => p.Value).ToList();
        Assert.Equal(losses.IndexOf(losses.Min()) + 4, losses.Count);
        Assert.Equal(losses.Count, curve.Count(p => p.Series == "training"));
        await using var file = await shop.Experiments.OpenArtefactAsync(Workshop.Builder, ended.Id, "model.safetensors", default);
        Assert.Equal(losses, ((Cairn.Learning.PerceptronClassifier)FittedModel.Read(file).Classifier!).ValidationLosses);
    }

    [Fact]
    public async Task A_search_that_is_stopped_learns_its_best_candidate_so_far_and_can_be_stopped_there_again()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var id = await shop.RecordAsync(shop.Ships("boosting", 200, ("rounds", "10")) with { Search = Depths("1", "2", "3", "4") });
        var (inSearch, inRounds) = (Stop(shop, id, "searching: candidate 3 of 4"), Stop(shop, id, "round 6 of 10"));

        await shop.Trainer.RunAsync(new Attempt(id, checkpoint: null)
        {
            OnStep = step =>
            {
                inSearch(step);
                inRounds(step);
            },
        }, default);

        var outcome = (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!;
        Assert.Equal(2, outcome.Candidates.Length);
        Assert.Equal(
            [new EarlyStop(TrainingStage.Search, 2, 4), new EarlyStop(TrainingStage.Learning, 6, 10)], outcome.Stopped.AsEnumerable());
        Assert.Contains(outcome.Estimator.Options["maxDepth"], outcome.Candidates.Select(c => c.Options["maxDepth"]));
    }

    [Fact]
    public async Task A_search_and_its_learning_that_were_both_stopped_stay_so_after_a_crash()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero });
        var id = await shop.RecordAsync(shop.Ships("boosting", 200, ("rounds", "10")) with { Search = Depths("1", "2", "3", "4") });
        var (inSearch, inRounds) = (Stop(shop, id, "searching: candidate 3 of 4"), Stop(shop, id, "round 6 of 10"));
        var first = new Attempt(id, checkpoint: null)
        {
            OnStep = step =>
            {
                inSearch(step);
                inRounds(step);
            },
            BreaksAt = "round 6 of 10",
        };
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(first, default));
        var second = new Attempt(id, first.Checkpoint);

        await shop.Trainer.RunAsync(second, default);

        Assert.DoesNotContain(second.Steps, s => s.StartsWith("searching: candidate", StringComparison.Ordinal));
        Assert.DoesNotContain("round 5 of 10", second.Steps);
        var outcome = (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!;
        Assert.Equal(2, outcome.Candidates.Length);
        Assert.Equal(
            [new EarlyStop(TrainingStage.Search, 2, 4), new EarlyStop(TrainingStage.Learning, 6, 10)], outcome.Stopped.AsEnumerable());
    }

    [Theory, Engines]
    public async Task Stopping_the_search_once_more_takes_nothing_back(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var id = await shop.RecordAsync(shop.Ships());
        var store = shop.Get<ExperimentStore>();
        await store.StopAsync(Tenants.Default, id, TrainingStage.Search, default);
        await store.StopAsync(Tenants.Default, id, TrainingStage.Learning, default);
        await store.StopAsync(Tenants.Default, id, TrainingStage.Search, default);
        Assert.Equal(TrainingStage.Learning, await store.StopOfAsync(Tenants.Default, id, default));
    }

    [Theory, Engines]
    public async Task A_stop_that_was_asked_for_before_a_crash_holds_after_it(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine, new() { CheckpointEvery = TimeSpan.Zero });
        var id = await shop.RecordAsync(shop.Ships("boosting", 200, ("rounds", "10")));
        var stop = Stop(shop, id, "round 6 of 10");
        var first = new Attempt(id, checkpoint: null) { OnStep = stop, BreaksAt = "round 6 of 10" };
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(first, default));
        Assert.Equal(TrainingStage.Learning, (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Stopping);

        await shop.Trainer.RunAsync(new Attempt(id, first.Checkpoint), default);

        Assert.Equal(
            [new EarlyStop(TrainingStage.Learning, 6, 10)],
            (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Stopped.AsEnumerable());
    }

    [Fact]
    public async Task What_has_no_whole_model_before_its_end_is_not_stopped_early()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var id = await shop.RecordAsync(shop.Ships("forest", 100, ("trees", "5")));
        var refusals = new List<CairnException>();
        await shop.Trainer.RunAsync(new Attempt(id, checkpoint: null)
        {
            OnStep = step =>
            {
                if (step == "round 2 of 5")
                    refusals.Add(Assert.Throws<CairnException>(() => AskToStop(shop, id)));
            },
        }, default);
        Assert.Equal("experiment.no-rounds", Assert.Single(refusals).Code);
        Assert.Contains("boosting and network", refusals[0].Message, StringComparison.Ordinal);
        Assert.Empty((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Stopped);
        Assert.Equal(
            "experiment.ended",
            (await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.StopAsync(Workshop.Builder, id, default))).Code);
    }

    [Fact]
    public async Task What_has_not_begun_has_nothing_to_keep()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var id = await shop.RecordAsync(shop.Ships());
        var refused = await Assert.ThrowsAsync<CairnException>(() => shop.Experiments.StopAsync(Workshop.Builder, id, default));
        Assert.Equal(("experiment.not-begun", ErrorKind.Conflict), (refused.Code, refused.Kind));
    }

    private static RecipeSearch Depths(params string[] depths) => new()
    {
        Folds = 2,
        Grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", [.. depths]),
    };

    private static Action<string> Stop(Workshop shop, string id, string at) => step =>
    {
        if (step == at)
            AskToStop(shop, id);
    };

    // Called on the learning's own thread, in a call that returns nothing: the next round may begin only when this is done.
    private static void AskToStop(Workshop shop, string id)
        => shop.Experiments.StopAsync(Workshop.Builder, id, default).GetAwaiter().GetResult();
}
