using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Work.Tests;

public sealed class JobsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, Engines]
    public async Task What_is_enqueued_is_done(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync("""{"ship":"alma"}""");
        Assert.Equal(JobStatus.Queued, job.Status);

        Assert.True(await shop.Worker((context, _) => Task.FromResult(context.Job.Input)).RunNextAsync(default));

        var done = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Done, job.Input, 1), (done.Status, done.Output, done.Attempt));
        Assert.Equal(shop.Time.GetUtcNow(), done.Finished);
        Assert.False(await shop.Worker((_, _) => Task.FromResult("")).RunNextAsync(default));
    }

    [Theory, Engines]
    public async Task Two_unfinished_jobs_never_share_a_key(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var enqueued = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => shop.EnqueueAsync($"{n}", key: "harbour"))));
        Assert.Single(enqueued.DistinctBy(j => j.Id));

        await shop.Worker((_, _) => Task.FromResult("1")).RunNextAsync(default);

        Assert.NotEqual(enqueued[0].Id, (await shop.EnqueueAsync(key: "harbour")).Id);
    }

    [Theory, Engines]
    public async Task A_handler_that_throws_is_tried_again_after_growing_pauses(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync(maxAttempts: 3);
        var attempts = new List<int>();
        var worker = shop.Worker((context, _) =>
        {
            attempts.Add(context.Job.Attempt);
            throw new InvalidTimeZoneException("no such zone");
        });

        Assert.True(await worker.RunNextAsync(default));
        Assert.False(await worker.RunNextAsync(default));
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await worker.RunNextAsync(default));
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await worker.RunNextAsync(default));
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await worker.RunNextAsync(default));

        var failed = await shop.FindAsync(job);
        Assert.Equal([1, 2, 3], attempts);
        Assert.Equal(JobStatus.Failed, failed.Status);
        Assert.Contains("no such zone", failed.Error, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Wrong_input_is_not_tried_again(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();

        await shop.Worker((_, _) => throw new CairnException(ErrorKind.Input, "path.unknown", "There is no such folder.", "Name another."))
            .RunNextAsync(default);

        var failed = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Failed, "There is no such folder. Name another."), (failed.Status, failed.Error));
    }

    [Theory, Engines]
    public async Task A_failed_job_can_be_put_back(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync(maxAttempts: 1);
        await shop.Worker((_, _) => throw new InvalidTimeZoneException()).RunNextAsync(default);

        Assert.Equal(JobStatus.Queued, (await shop.Jobs.RetryAsync(job.Tenant, job.Id, default)).Status);
        await shop.Worker((_, _) => Task.FromResult("7")).RunNextAsync(default);

        var done = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Done, "7", null), (done.Status, done.Output, done.Error));
        await Assert.ThrowsAsync<CairnException>(() => shop.Jobs.RetryAsync(job.Tenant, job.Id, default));
    }

    [Theory, Engines]
    public async Task A_job_is_not_put_back_beside_another_with_its_key(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync(key: "harbour", maxAttempts: 1);
        await shop.Worker((_, _) => throw new InvalidTimeZoneException()).RunNextAsync(default);
        await shop.EnqueueAsync(key: "harbour");

        var error = await Assert.ThrowsAsync<CairnException>(() => shop.Jobs.RetryAsync(job.Tenant, job.Id, default));

        Assert.Equal("job.key-taken", error.Code);
    }

    [Theory, Engines]
    public async Task A_job_that_cannot_go_on_now_waits_in_the_queue_and_spends_no_attempt(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync(maxAttempts: 1);
        var runs = 0;
        var worker = shop.Worker((context, _) =>
        {
            context.Report(new(0, null, "waits for its turn"));
            return ++runs < 3 ? throw new JobPostponedException(TimeSpan.FromSeconds(2)) : Task.FromResult("{}");
        });
        Assert.True(await worker.RunNextAsync(default));
        var waiting = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Queued, null, "waits for its turn"), (waiting.Status, waiting.Error, waiting.Progress?.Step));
        Assert.False(await worker.RunNextAsync(default));

        foreach (var _ in Enumerable.Range(0, 2))
        {
            shop.Time.Advance(TimeSpan.FromSeconds(2));
            Assert.True(await worker.RunNextAsync(default));
        }
        Assert.Equal((JobStatus.Done, 1), ((await shop.FindAsync(job)).Status, (await shop.FindAsync(job)).Attempt));
    }

    [Theory, Engines]
    public async Task A_queued_job_that_is_cancelled_never_runs(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();

        await shop.Jobs.CancelAsync(job.Tenant, job.Id, default);

        Assert.Equal(JobStatus.Cancelled, (await shop.FindAsync(job)).Status);
        Assert.False(await shop.Worker((_, _) => Task.FromResult("")).RunNextAsync(default));
    }

    [Theory, Engines]
    public async Task A_running_job_stops_when_it_is_cancelled_here(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var started = new TaskCompletionSource();
        var running = shop.Worker((_, stop) => RunForEverAsync(started, stop)).RunNextAsync(default);
        await started.Task.WaitAsync(Patience);

        await shop.Jobs.CancelAsync(job.Tenant, job.Id, default);

        await running.WaitAsync(Patience);
        Assert.Equal(JobStatus.Cancelled, (await shop.FindAsync(job)).Status);
    }

    [Theory, Engines]
    public async Task A_running_job_stops_at_the_next_heartbeat_when_it_is_cancelled_elsewhere(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var started = new TaskCompletionSource();
        var running = shop.Worker((_, stop) => RunForEverAsync(started, stop), new JobBoard()).RunNextAsync(default);
        await started.Task.WaitAsync(Patience);
        await shop.Jobs.CancelAsync(job.Tenant, job.Id, default);

        await AdvanceUntilAsync(shop, running, TimeSpan.FromSeconds(1));

        Assert.Equal(JobStatus.Cancelled, (await shop.FindAsync(job)).Status);
    }

    [Theory, Engines]
    public async Task A_follower_sees_progress_at_once_and_ends_with_the_job(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var go = new TaskCompletionSource();
        var running = shop.Worker(async (context, _) =>
        {
            for (var n = 1; n <= 1000; n++)
                context.Report(new(n, 1000, "counting"));
            await go.Task;
            return "1";
        }).RunNextAsync(default);

        var seen = new List<Job>();
        await foreach (var state in shop.Jobs.FollowAsync(job.Tenant, job.Id, default))
        {
            seen.Add(state);
            if (state.Progress?.Done == 1000)
                go.TrySetResult();
        }
        await running;

        Assert.Equal(JobStatus.Done, seen[^1].Status);
        Assert.Equal(new JobProgress(1000, 1000, "counting"), seen[^1].Progress);
    }

    [Theory, Engines]
    public async Task Unknown_jobs_are_said_to_be_unknown(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        Assert.Null(await shop.Jobs.FindAsync("other", job.Id, default));
        await Assert.ThrowsAsync<CairnException>(() => shop.Jobs.CancelAsync("other", job.Id, default));
        await Assert.ThrowsAsync<CairnException>(() => shop.Jobs.RetryAsync("default", "nothing", default));
    }

    [Theory, Engines]
    public async Task Jobs_are_listed_newest_first_within_a_tenant(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var first = await shop.EnqueueAsync();
        var second = await shop.EnqueueAsync();

        Assert.Equal([second.Id, first.Id], (await shop.Jobs.ListAsync("default", null, 10, default)).Select(j => j.Id));
        Assert.Single(await shop.Jobs.ListAsync("default", Workshop.Kind, 1, default));
        Assert.Empty(await shop.Jobs.ListAsync("default", "other", 10, default));
        Assert.Empty(await shop.Jobs.ListAsync("other", null, 10, default));
    }

    internal static async Task<string> RunForEverAsync(TaskCompletionSource started, CancellationToken stop)
    {
        started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        return "";
    }

    /// <summary>Moves the time on until a task is done; each step waits for whoever sleeps on it to sleep again.</summary>
    internal static async Task AdvanceUntilAsync(Workshop shop, Task task, TimeSpan step)
    {
        var giveUp = Task.Delay(Patience);
        while (!task.IsCompleted)
        {
            Assert.False(giveUp.IsCompleted, "It does not end.");
            shop.Time.Advance(step);
            await Task.Yield();
        }
        await task;
    }
}
