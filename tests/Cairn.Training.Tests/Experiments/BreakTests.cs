using System.Collections.Immutable;
using Cairn.Work;

namespace Cairn.Training.Tests;

public sealed class BreakTests
{
    [Fact]
    public async Task A_training_that_breaks_between_rounds_goes_on_from_them_to_the_same_model()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero });
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var whole = await shop.TrainAsync(recipe);
        var job = shop.Get<IEnumerable<IJobHandler>>().Single(h => h.Kind == "train");
        var id = await RecordAsync(shop, recipe);

        var first = new Attempt(id, checkpoint: null) { BreaksAt = "round 6 of 10" };
        await Assert.ThrowsAsync<IOException>(() => job.RunAsync(first, default));
        var second = new Attempt(id, first.Checkpoint);
        await job.RunAsync(second, default);

        Assert.DoesNotContain("round 5 of 10", second.Steps);
        Assert.Contains("round 6 of 10", second.Steps);
        var ended = await shop.Experiments.FindAsync(Workshop.Builder, id, default);
        Assert.Equal(whole.Outcome!.Artefacts[0].Blob, ended.Outcome!.Artefacts[0].Blob);
        Assert.Equal(whole.Outcome.Metrics.AsEnumerable(), ended.Outcome.Metrics);
        Assert.Equal(Enumerable.Range(1, 10).Select(r => (long)r), (await shop.Experiments.CurvesAsync(Workshop.Builder, id, default)).Where(p => p.Series == "training").Select(p => p.Step));
    }

    [Fact]
    public async Task A_search_that_breaks_judges_no_candidate_twice()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var grid = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("maxDepth", ["1", "2", "3"]);
        var recipe = shop.Ships("tree") with { Search = new() { Folds = 2, Grid = grid } };
        var job = shop.Get<IEnumerable<IJobHandler>>().Single(h => h.Kind == "train");
        var id = await RecordAsync(shop, recipe);

        var first = new Attempt(id, checkpoint: null) { BreaksAt = "searching: candidate 3 of 3" };
        await Assert.ThrowsAsync<IOException>(() => job.RunAsync(first, default));
        var second = new Attempt(id, first.Checkpoint);
        await job.RunAsync(second, default);

        Assert.Equal(["searching: candidate 3 of 3"], second.Steps.Where(s => s.StartsWith("searching: ", StringComparison.Ordinal)).Distinct());
        Assert.Equal(3, (await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome!.Candidates.Length);
    }

    [Fact]
    public async Task A_cancelled_training_ends_between_rounds_and_makes_no_version()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        var recipe = shop.Ships("boosting", 300, ("rounds", "10"));
        var id = await RecordAsync(shop, recipe);
        using var cancel = new CancellationTokenSource();
        var attempt = new Attempt(id, checkpoint: null) { OnStep = step => { if (step == "round 4 of 10") cancel.Cancel(); } };
        var job = shop.Get<IEnumerable<IJobHandler>>().Single(h => h.Kind == "train");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(attempt, cancel.Token));
        Assert.DoesNotContain("round 6 of 10", attempt.Steps);
        Assert.Null((await shop.Experiments.FindAsync(Workshop.Builder, id, default)).Outcome);
        Assert.Empty(await shop.Registry.ListAsync(Workshop.Builder, default));
    }

    [Fact]
    public async Task A_job_that_fails_while_it_learns_does_not_end_before_the_learning_has()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite, new() { CheckpointEvery = TimeSpan.Zero, WriteEvery = TimeSpan.FromMilliseconds(1) });
        var id = await RecordAsync(shop, shop.Ships("boosting", 300, ("rounds", "10")));
        var (learns, runs) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<Task>());
        var endedBefore = false;
        var attempt = new Attempt(id, checkpoint: null)
        {
            OnStep = step =>
            {
                if (step != "round 6 of 10")
                    return;
                learns.SetResult();
                endedBefore = EndsWithin(runs.Task, milliseconds: 250);
            },
            OnSave = async () =>
            {
                await learns.Task;
                throw new IOException("the disk is full");
            },
        };
        var job = shop.Get<IEnumerable<IJobHandler>>().Single(h => h.Kind == "train");
        var run = job.RunAsync(attempt, default);
        runs.SetResult(run);
        await Assert.ThrowsAsync<IOException>(() => run);
        Assert.False(endedBefore, "The job ended while it still learned.");
        Assert.DoesNotContain("round 10 of 10", attempt.Steps);
    }

    private static bool EndsWithin(Task<Task> run, int milliseconds) => Task.WaitAny([run.Result], milliseconds) >= 0;

    /// <summary>An experiment whose own job was taken back, so that a test runs the attempts itself.</summary>
    private static async Task<string> RecordAsync(Workshop shop, Recipe recipe)
    {
        var store = shop.Get<ExperimentStore>();
        using var data = File.OpenRead(recipe.Data.File);
        var row = new ExperimentRow
        {
            Tenant = Tenants.Default,
            Id = shop.Get<IIdentifiers>().New(),
            Model = recipe.Name,
            Job = "none",
            UserName = "ann",
            Recipe = System.Text.Json.JsonSerializer.Serialize(recipe, TrainingJson.Default.Recipe),
            DataHash = await shop.Blobs.PutAsync(data, default),
            DataBytes = data.Length,
            CodeVersion = "0",
            Created = DateTimeOffset.UnixEpoch,
        };
        await store.AddAsync(row, default);
        return row.Id;
    }

    private sealed class Attempt(string experiment, string? checkpoint) : JobContext
    {
        private string? _checkpoint = checkpoint;

        public List<string> Steps { get; } = [];

        public string? BreaksAt { get; init; }

        public Action<string>? OnStep { get; init; }

        public Func<Task>? OnSave { get; init; }

        public override Job Job { get; } = new() { Id = "job", Tenant = Tenants.Default, Kind = "train", Input = experiment, Status = JobStatus.Running, Created = DateTimeOffset.UnixEpoch };

        public override long FencingToken => 1;

        public override string? Checkpoint => _checkpoint;

        public override void Report(JobProgress progress)
        {
            Steps.Add(progress.Step);
            OnStep?.Invoke(progress.Step);
            if (progress.Step == BreaksAt)
                throw new IOException("the process is gone");
        }

        public override async Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken)
        {
            if (OnSave is { } save)
                await save();
            _checkpoint = checkpoint;
        }

        public override Task RequireLeaseAsync(WriteSession session) => Task.CompletedTask;
    }
}
