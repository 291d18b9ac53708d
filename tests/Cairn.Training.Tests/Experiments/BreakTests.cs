using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Training.Tests;

public sealed class BreakTests
{
    [Fact]
    public async Task A_training_that_breaks_between_rounds_goes_on_from_them_to_the_same_model()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero });
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var whole = await shop.TrainAsync(recipe);
        var job = shop.Trainer;
        var id = await shop.RecordAsync(recipe);

        var first = new Attempt(id, checkpoint: null) { BreaksAt = "round 6 of 10" };
        await Assert.ThrowsAsync<IOException>(() => job.RunAsync(first, default));
        var second = new Attempt(id, first.Checkpoint);
        await job.RunAsync(second, default);

        Assert.DoesNotContain("round 5 of 10", second.Steps);
        Assert.Contains("round 6 of 10", second.Steps);
        var ended = await shop.Experiments.FindAsync(Workshop.Builder, id, default);
        Assert.Equal(whole.Outcome!.Artefacts[0].Blob, ended.Outcome!.Artefacts[0].Blob);
        Assert.Equal(whole.Outcome.Metrics.AsEnumerable(), ended.Outcome.Metrics);
        var curves = await shop.Experiments.CurvesAsync(Workshop.Builder, id, default);
        Assert.Equal(Enumerable.Range(1, 10).Select(r => (long)r), curves.Where(p => p.Series == "training").Select(p => p.Step));
    }

    [Fact]
    public async Task A_search_that_breaks_judges_no_candidate_twice()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "2", "3"]);
        var recipe = shop.Ships("tree") with { Search = new() { Folds = 2, Grid = grid } };
        var job = shop.Trainer;
        var id = await shop.RecordAsync(recipe);

        var first = new Attempt(id, checkpoint: null) { BreaksAt = "searching: candidate 3 of 3" };
        await Assert.ThrowsAsync<IOException>(() => job.RunAsync(first, default));
        var second = new Attempt(id, first.Checkpoint);
        await job.RunAsync(second, default);

        Assert.Equal(["searching: candidate 3 of 3"],
            second.Steps.Where(s => s.StartsWith("searching: ", StringComparison.Ordinal)).Distinct());
        Assert.Equal(3, (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Candidates.Length);
    }

    [Fact]
    public async Task A_cancelled_training_ends_between_rounds_and_makes_no_version()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var id = await shop.RecordAsync(recipe);
        using var cancel = new CancellationTokenSource();
        var attempt = new Attempt(id, checkpoint: null) { OnStep = step => { if (step == "round 4 of 10") cancel.Cancel(); } };
        var job = shop.Trainer;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(attempt, cancel.Token));
        Assert.DoesNotContain("round 6 of 10", attempt.Steps);
        Assert.Null((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome);
        Assert.Empty(await shop.Registry.ListAsync(Workshop.Builder, default));
    }

    [Fact]
    public async Task A_job_that_fails_while_it_learns_does_not_end_before_the_learning_has()
    {
        await using var shop = await Workshop.OpenAsync(
            DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero, WriteEvery = TimeSpan.FromMilliseconds(1) });
        var id = await shop.RecordAsync(shop.Ships("boosting", 300, ("rounds", "10")));
        var learns = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = new TaskCompletionSource<Task>();
        var endedBefore = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var blobs = new HeardBlobs(shop.Blobs);
        var attempt = new Attempt(id, checkpoint: null)
        {
            OnStep = step =>
            {
                if (step != "round 6 of 10")
                    return;
                learns.SetResult();
                // Holds the learning until the job has given up, however late; one that ends without saying so is seen as well.
                Task.WaitAny(runs.Task.Result, blobs.Cancelled);
                endedBefore.SetResult(EndsWithin(runs.Task, milliseconds: 250));
            },
            OnSave = async () =>
            {
                await learns.Task;
                throw new IOException("the disk is full");
            },
        };
        var run = ActivatorUtilities.CreateInstance<TrainingJob>(shop.Get<IServiceProvider>(), blobs).RunAsync(attempt, default);
        runs.SetResult(run);
        await Assert.ThrowsAsync<IOException>(() => run);
        Assert.False(await endedBefore.Task, "The job ended while it still learned.");
        Assert.DoesNotContain("round 7 of 10", attempt.Steps);
        Assert.DoesNotContain("round 10 of 10", attempt.Steps);
    }

    private static bool EndsWithin(Task<Task> run, int milliseconds) => Task.WaitAny([run.Result], milliseconds) >= 0;
}
