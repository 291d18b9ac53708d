using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Work.Tests;

public sealed class LeaseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, Engines]
    public async Task A_job_whose_worker_died_is_continued_from_its_checkpoint(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        await shop.Store.CheckpointAsync((await shop.LeaseAndDieAsync())!, "half", default);
        string? found = null;
        var worker = shop.Worker((context, _) =>
        {
            found = context.Checkpoint;
            return Task.FromResult("1");
        });

        Assert.False(await worker.RunNextAsync(default));
        shop.Time.Advance(shop.Options.Lease);
        Assert.True(await worker.RunNextAsync(default));

        Assert.Equal("half", found);
        var done = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Done, 1), (done.Status, done.Attempt));
    }

    [Fact]
    public async Task A_sqlite_workspace_continues_at_once_when_it_starts_again()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseEngine.Sqlite);
        await shop.EnqueueAsync();
        await shop.LeaseAndDieAsync();
        var worker = shop.Worker((_, _) => Task.FromResult("1"));

        await worker.RecoverAsync(default);

        Assert.True(await worker.RunNextAsync(default));
    }

    [Theory, Engines]
    public async Task An_old_worker_s_writes_are_refused(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var old = (await shop.LeaseAndDieAsync())!;
        shop.Time.Advance(shop.Options.Lease);
        await shop.Worker(async (context, _) =>
        {
            Assert.True(context.FencingToken > old.Token);
            await Assert.ThrowsAsync<LeaseLostException>(() => shop.Store.CheckpointAsync(old, "stale", default));
            await Assert.ThrowsAsync<LeaseLostException>(() => shop.Store.EndAsync(old, new(JobStatus.Done) { Output = "stale" }, null,
                default));
            await Assert.ThrowsAsync<LeaseLostException>(() => shop.Database.WriteAsync(Durability.Full, s => JobStore.RequireAsync(s, old),
                default));
            Assert.Null(await shop.Store.BeatAsync(old, shop.Options.Lease, null, default));
            await shop.Database.WriteAsync(Durability.Full, context.RequireLeaseAsync, default);
            return "new";
        }).RunNextAsync(default);

        var done = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Done, "new"), (done.Status, done.Output));
        await Assert.ThrowsAsync<LeaseLostException>(() => shop.Store.EndAsync(old, new(JobStatus.Failed), null, default));
    }

    [Theory, Engines]
    public async Task A_worker_that_loses_its_lease_stops_and_writes_nothing(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var started = new TaskCompletionSource();
        var slow = shop.Worker((_, stop) => JobsTests.RunForEverAsync(started, stop), new JobBoard()).RunNextAsync(default);
        await started.Task.WaitAsync(Patience);
        await shop.Store.ReclaimAsync("someone else", default);
        await shop.Worker((_, _) => Task.FromResult("new")).RunNextAsync(default);

        await JobsTests.AdvanceUntilAsync(shop, slow, TimeSpan.FromSeconds(1));

        Assert.Equal("new", (await shop.FindAsync(job)).Output);
    }

    [Theory, Engines]
    public async Task A_worker_that_lives_keeps_its_lease(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        await shop.EnqueueAsync();
        var started = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var running = shop.Worker((_, stopped) => JobsTests.RunForEverAsync(started, stopped)).RunNextAsync(stop.Token);
        await started.Task.WaitAsync(Patience);
        var other = shop.Worker((_, _) => Task.FromResult("stolen"), new JobBoard());

        for (var beat = 0; beat < 5; beat++)
        {
            var before = await DueAsync(shop);
            while (await DueAsync(shop) == before)
                shop.Time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.False(await other.RunNextAsync(default));
        }

        await stop.CancelAsync();
        await running;
    }

    [Theory, Engines]
    public async Task A_job_goes_back_to_the_queue_when_the_host_stops(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var job = await shop.EnqueueAsync();
        var started = new TaskCompletionSource();
        var worker = shop.Worker((_, stop) => JobsTests.RunForEverAsync(started, stop));
        await worker.StartAsync(default);
        await started.Task.WaitAsync(Patience);

        await worker.StopAsync(default);

        var waiting = await shop.FindAsync(job);
        Assert.Equal((JobStatus.Queued, 0), (waiting.Status, waiting.Attempt));
    }

    [Theory, Engines]
    public async Task The_host_runs_no_more_jobs_at_once_than_it_may(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var all = new List<Job>();
        for (var n = 0; n < 12; n++)
            all.Add(await shop.EnqueueAsync());
        var (now, most) = (0, 0);
        var worker = shop.Worker(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return "1";
        });

        await worker.StartAsync(default);
        foreach (var job in all)
            await foreach (var _ in shop.Jobs.FollowAsync(job.Tenant, job.Id, default))
            {
                // Until it is done.
            }
        await worker.StopAsync(default);

        Assert.InRange(most, 1, shop.Options.Workers);
    }

    [Theory, Engines]
    public async Task A_job_that_takes_its_process_down_again_and_again_is_given_up(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        shop.Options = new WorkOptions { MostLostLeases = 3 };
        var job = await shop.EnqueueAsync();
        for (var n = 0; n <= shop.Options.MostLostLeases; n++)
        {
            await shop.LeaseAndDieAsync();
            shop.Time.Advance(shop.Options.Lease);
        }

        Assert.False(await shop.Worker((_, _) => Task.FromResult("")).RunNextAsync(default));

        Assert.Equal(JobStatus.Failed, (await shop.FindAsync(job)).Status);
    }

    private static async Task<DateTimeOffset?> DueAsync(Workshop shop) => await shop.Store.NextDueAsync([Workshop.Kind], default);
}
