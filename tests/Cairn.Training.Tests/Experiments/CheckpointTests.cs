using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Training.Tests;

/// <summary>What was kept of an attempt may be damaged: the training says so and goes on from what is whole, to the same model.</summary>
public sealed class CheckpointTests
{
    [Theory]
    [InlineData("gone", "is damaged or gone")]
    [InlineData("overwritten", "is damaged or gone")]
    [InlineData("no rounds", "cannot be gone on from")]
    [InlineData("of other rows", "cannot be gone on from")]
    public async Task A_damaged_checkpoint_is_named_and_the_one_before_is_taken(string how, string said)
    {
        await using var shop = await OpenAsync();
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var whole = await shop.TrainAsync(recipe);
        var newest = await BreakAsync(shop, recipe, "round 8 of 10");
        var before = await BreakAsync(shop, recipe, "round 4 of 10");
        switch (how)
        {
            case "gone":
                await shop.Blobs.DeleteAsync(newest, default);
                break;
            case "overwritten":
                File.WriteAllText(Directory.EnumerateFiles(shop.Folder, newest, SearchOption.AllDirectories).Single(), "half");
                break;
            case "no rounds":
                newest = await shop.Blobs.PutAsync(new MemoryStream([1, 2, 3]), default);
                break;
            default:
                newest = await BreakAsync(shop, shop.Ships("boosting", 200, ("rounds", "10")), "round 8 of 10");
                recipe = shop.Ships("boosting", 300, ("rounds", "10"));
                break;
        }

        var (steps, ended) = await GoOnAsync(shop, recipe, new() { Rounds = newest, Earlier = before });

        Assert.Equal("round 4 of 10", steps.First(s => s.StartsWith("round ", StringComparison.Ordinal)));
        Assert.Equal(whole.Outcome!.Artefacts[0].Blob, ended.Outcome!.Artefacts[0].Blob);
        var note = Assert.Single(ended.Outcome.Notes);
        Assert.StartsWith($"The checkpoint {newest[..12]} of an earlier attempt {said}", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_trainings_keep_checkpoints_of_their_own()
    {
        await using var shop = await OpenAsync();
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var (id, other) = (await shop.RecordAsync(recipe), await shop.RecordAsync(recipe));
        var (broken, brokenToo) = (Broken(id), Broken(other));
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(broken, default));
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(brokenToo, default));

        // At its end it deletes its rounds, which are the same ones.
        await shop.Trainer.RunAsync(new Attempt(other, brokenToo.Checkpoint), default);
        var attempt = new Attempt(id, broken.Checkpoint);
        await shop.Trainer.RunAsync(attempt, default);

        static Attempt Broken(string experiment) => new(experiment, checkpoint: null) { BreaksAt = "round 8 of 10" };

        Assert.Equal("round 8 of 10", attempt.Steps.First(s => s.StartsWith("round ", StringComparison.Ordinal)));
        Assert.Empty((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Notes);
    }

    [Fact]
    public async Task Without_a_whole_checkpoint_the_training_begins_again()
    {
        await using var shop = await OpenAsync();
        var recipe = shop.Ships("network", 100, ("epochs", "4"));
        var whole = await shop.TrainAsync(recipe);

        var (steps, ended) = await GoOnAsync(shop, recipe, new() { Rounds = new string('a', 64), Earlier = new string('b', 64) });

        Assert.Equal("round 1 of 4", steps.First(s => s.StartsWith("round ", StringComparison.Ordinal)));
        Assert.Equal(2, ended.Outcome!.Notes.Length);
        Assert.Equal(whole.Outcome!.Artefacts[0].Blob, ended.Outcome.Artefacts[0].Blob);
    }

    [Fact]
    public async Task Rounds_learned_with_other_options_than_the_search_s_are_not_gone_on_from()
    {
        await using var shop = await OpenAsync();
        var grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "4"]);
        var recipe = shop.Ships("boosting", 200, ("rounds", "10")) with { Search = new() { Folds = 2, Grid = grid, Metric = "accuracy" } };
        var attempt = new Attempt(await shop.RecordAsync(recipe), checkpoint: null) { BreaksAt = "round 6 of 10" };
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(attempt, default));
        var kept = TrainingCheckpoint.Read(attempt.Checkpoint);
        var learned = kept.Learned!.Options["maxDepth"];
        // The one that lost wins now.
        var turned = kept with
        {
            Candidates = [.. kept.Candidates.Select(c => c with { Scores = c.Options["maxDepth"] == learned ? [0.1] : [0.9] })],
        };
        var (_, whole) = await GoOnAsync(shop, recipe, turned with { Rounds = null, Earlier = null });

        var (steps, ended) = await GoOnAsync(shop, recipe, turned);

        Assert.Equal("round 1 of 10", steps.First(s => s.StartsWith("round ", StringComparison.Ordinal)));
        Assert.Equal(whole.Outcome!.Artefacts[0].Blob, ended.Outcome!.Artefacts[0].Blob);
        Assert.Contains("learned with other options", Assert.Single(ended.Outcome.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_is_no_json_is_named_too()
    {
        await using var shop = await OpenAsync();
        var id = await shop.RecordAsync(shop.Ships("tree", 100));
        await shop.Trainer.RunAsync(new Attempt(id, "{\"candidates\": 7"), default);
        var note = Assert.Single((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Notes);
        Assert.Contains("began again", note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_earlier_version_of_the_program_wrote_is_read()
    {
        var kept = TrainingCheckpoint.Read("""{"candidates":[],"rounds":"ab"}""");
        Assert.Equal(["ab"], kept.Blobs);
        Assert.Empty(kept.Notes);
        const string outcome =
            """{"task":"classify","trainRows":1,"testRows":1,"features":[],"estimator":{"kind":"tree","options":{}},"metrics":[]}""";
        Assert.Empty(JsonSerializer.Deserialize(outcome, TrainingJson.Default.ExperimentOutcome)!.Stopped);
        const string recipe =
            """{"name":"a","data":{"file":"a.csv"},"target":"b","estimator":{"kind":"tree","options":{}},"search":{"grid":{"l2":["1","2"]},"folds":2}}""";
        Assert.Equal(2, JsonSerializer.Deserialize(recipe, TrainingJson.Default.Recipe)!.Search!.Candidates().Length);
    }

    private static Task<Workshop> OpenAsync() => Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero });

    /// <returns>The blob of the rounds before the one at which it breaks.</returns>
    private static async Task<string> BreakAsync(Workshop shop, Recipe recipe, string at)
    {
        var attempt = new Attempt(await shop.RecordAsync(recipe), checkpoint: null) { BreaksAt = at };
        await Assert.ThrowsAsync<IOException>(() => shop.Trainer.RunAsync(attempt, default));
        return TrainingCheckpoint.Read(attempt.Checkpoint).Rounds!;
    }

    private static async Task<(List<string> Steps, Experiment Ended)> GoOnAsync(Workshop shop, Recipe recipe, TrainingCheckpoint kept)
    {
        var id = await shop.RecordAsync(recipe);
        var attempt = new Attempt(id, kept.ToJson());
        await shop.Trainer.RunAsync(attempt, default);
        return (attempt.Steps, await shop.Experiments.FindAsync(Workshop.Builder, id, default));
    }
}
