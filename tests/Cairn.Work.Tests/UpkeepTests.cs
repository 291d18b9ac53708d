using Cairn.Storage;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Work.Tests;

public sealed class UpkeepTests
{
    private static readonly UpkeepOptions Options = new();

    [Theory, Engines]
    public async Task Old_jobs_passed_changes_and_unused_blobs_go_and_the_rest_stays(DatabaseEngine engine)
    {
        await using var test = await OpenAsync(engine);
        var used = await FillAsync(test);

        Assert.Equal("""{"blobs":1,"changes":2,"jobs":2}""", await RunAsync(test, test.Database));

        Assert.Equal(["kept", "young"], await KindsAsync(test));
        Assert.True(await test.Blobs.ExistsAsync(used, default));
        Assert.Equal((1, 4), await test.Blobs.SizeAsync(default));
        Assert.Equal("""{"blobs":0,"changes":0,"jobs":0}""", await RunAsync(test, test.Database));
    }

    [Theory, Engines]
    public async Task Killed_at_any_write_and_begun_anew_it_ends_the_same(DatabaseEngine engine)
    {
        for (var at = 1; ; at++)
        {
            await using var test = await OpenAsync(engine);
            await FillAsync(test);
            var dying = new DyingDatabase(test.Database, at, before: at % 2 == 0);
            try
            {
                await RunAsync(test, dying);
                Assert.True(at > 3);
                return;
            }
            catch (DeathException)
            {
                await RunAsync(test, test.Database);
            }
            Assert.Equal(["kept", "young"], await KindsAsync(test));
            Assert.Equal((1, 4), await test.Blobs.SizeAsync(default));
            Assert.Equal(["c"], (await test.Feed.ReadAsync("ships", 0, 10, default)).Select(c => c.Entity));
        }
    }

    [Theory, Engines]
    public async Task The_next_one_is_due_a_day_after_the_last_whoever_runs_then(DatabaseEngine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var worker = new JobWorker(
            shop.Database, shop.Store, shop.Board, [new UpkeepJob([])], shop.Options, new SequentialIdentifiers(), shop.Time,
            NullLogger<JobWorker>.Instance);
        await Schedule(shop).PlanAsync(default);
        await Schedule(shop).PlanAsync(default);
        Assert.False(await worker.RunNextAsync(default));
        Assert.Null(await Schedule(shop).LastAsync(default));

        shop.Time.Advance(Options.First);
        Assert.True(await worker.RunNextAsync(default));
        Assert.False(await worker.RunNextAsync(default));
        var last = await Schedule(shop).LastAsync(default);
        Assert.Equal((JobStatus.Done, "{}"), (last!.Status, last.Output));

        shop.Time.Advance(Options.Every - TimeSpan.FromHours(1));
        await Schedule(shop).PlanAsync(default);
        Assert.False(await worker.RunNextAsync(default));
        shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await worker.RunNextAsync(default));
    }

    [Fact]
    public async Task A_task_that_fails_fails_the_job_and_keeps_no_other_from_its_work()
    {
        var after = new CountingTask();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => new UpkeepJob([new FailingTask(), after])
            .RunAsync(new Silent(), default));
        Assert.Equal(("broken", 1), (failure.Message, after.Runs));
    }

    private sealed class FailingTask : IUpkeepTask
    {
        public string Name => "failing";

        public Task<long> RunAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }

    private sealed class CountingTask : IUpkeepTask
    {
        public int Runs { get; private set; }

        public string Name => "counting";

        public Task<long> RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            return Task.FromResult(0L);
        }
    }

    private static UpkeepSchedule Schedule(Workshop shop)
        => new(shop.Store, shop.Jobs, Options, shop.Time, NullLogger<UpkeepSchedule>.Instance);

    private static Task<TestDatabase> OpenAsync(DatabaseEngine engine)
        => TestDatabase.OpenAsync(engine, new WorkMigrations(), new BerthMigrations());

    /// <summary>
    /// Two old jobs, one old job of a kind that is kept, a young one; three changes of which one is not passed; one blob that a row refers
    /// to, one that none does.
    /// </summary>
    private static async Task<string> FillAsync(TestDatabase test)
    {
        await test.Database.WriteAsync(Durability.Full, async session =>
        {
            foreach (var (id, kind, age) in new[] { ("1", "old", 31), ("2", "old", 40), ("3", "kept", 50), ("4", "young", 20) })
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO jobs (tenant, id, kind, status, input, attempt, max_attempts, created, finished, due, cancel_requested, token, lost)
                    VALUES ('t', @id, @kind, 'done', '{}', 1, 3, @at, @at, @at, 0, 1, 0)
                    """,
                    new { id, kind, at = test.Time.GetUtcNow() - TimeSpan.FromDays(age) });
            }
            foreach (var ship in new[] { "a", "b", "c" })
                session.Announce("t", "ships", ship);
            return true;
        }, default);
        await test.Feed.PassedAsync("index", await test.Feed.HeadAsync(default), default);
        var used = await test.Blobs.PutAsync(new MemoryStream("used"u8.ToArray()), default);
        await test.Blobs.PutAsync(new MemoryStream("unused"u8.ToArray()), default);
        await test.Database.WriteAsync(Durability.Full, s => s.ExecuteAsync("INSERT INTO berth (blob) VALUES (@used)", new { used }),
            default);
        test.Time.Advance(TimeSpan.FromHours(25));
        return used;
    }

    private static Task<string> RunAsync(TestDatabase test, IDatabase database)
    {
        var store = new JobStore(database, test.Time);
        var feed = new ChangeFeed(database, new FeedSignal(), test.Time);
        UpkeepJob upkeep = new([
            new FinishedJobs(store, () => [new KeptJobs()], Options, test.Time),
            new PassedChanges(feed, Options, test.Time),
            new UnusedBlobs(database, test.Blobs, [new Berths()], Options, test.Time),
        ]);
        return upkeep.RunAsync(new Silent(), default);
    }

    private static Task<IReadOnlyList<string>> KindsAsync(TestDatabase test)
        => test.Database.ReadAsync(s => s.QueryAsync<string>("SELECT kind FROM jobs ORDER BY kind"), default);

    private sealed class KeptJobs : IJobHandler
    {
        public string Kind => "kept";

        public bool KeepsJobs => true;

        public Task<string> RunAsync(JobContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Berths : IBlobReferences
    {
        public Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes)
            => session.QueryAsync<string>("SELECT blob FROM berth WHERE blob IN @hashes", new { hashes });
    }

    private sealed class BerthMigrations : IMigrations
    {
        public IEnumerable<Migration> All => [new("berths", 1, "CREATE TABLE berth (blob text NOT NULL)")];
    }

    private sealed class Silent : JobContext
    {
        public override Job Job => throw new NotSupportedException();

        public override long FencingToken => 1;

        public override string? Checkpoint => null;

        public override void Report(JobProgress progress)
        {
            // Nobody follows.
        }

        public override Task SaveCheckpointAsync(string checkpoint, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override Task RequireLeaseAsync(WriteSession session) => throw new NotSupportedException();
    }
}
