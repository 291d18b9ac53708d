using Cairn.Testing;

namespace Cairn.Storage.Tests;

public sealed class ChangeFeedTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory, Engines]
    public async Task Changes_of_a_topic_are_read_in_order_after_a_number(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        foreach (var entity in new[] { "a", "b", "c" })
            await AnnounceAsync(test, "ships", entity);
        await AnnounceAsync(test, "crew", "ann");

        var all = await test.Feed.ReadAsync("ships", 0, 10, Never);

        Assert.Equal(["a", "b", "c"], all.Select(c => c.Entity));
        Assert.Equal(["b"], (await test.Feed.ReadAsync("ships", all[0].Sequence, 1, Never)).Select(c => c.Entity));
        Assert.True(await test.Feed.HeadAsync(Never) > all[^1].Sequence);
        Assert.Equal(all[1], await test.Feed.FindAsync(all[1].Sequence, Never));
        Assert.Null(await test.Feed.FindAsync(1_000_000, Never));
    }

    [Theory, Engines]
    public async Task Who_waits_wakes_at_the_next_change(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        var waiting = test.Feed.WaitAsync(0, Never);
        Assert.False(waiting.IsCompleted);

        await AnnounceAsync(test, "ships", "alma");

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory, Engines]
    public async Task Only_what_every_reader_has_passed_is_forgotten(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        foreach (var entity in new[] { "a", "b", "c", "d" })
            await AnnounceAsync(test, "ships", entity);
        var all = await test.Feed.ReadAsync("ships", 0, 10, Never);
        Assert.Equal(0, await test.Feed.PruneAsync(DateTimeOffset.MinValue.AddYears(2000), Never));

        await test.Feed.PassedAsync("slow", all[1].Sequence, Never);
        test.Time.Advance(TimeSpan.FromDays(1));
        await test.Feed.PassedAsync("quick", all[3].Sequence, Never);
        Assert.Equal(1, await test.Feed.PruneAsync(test.Time.GetUtcNow() - TimeSpan.FromDays(30), Never));
        Assert.Equal(all.Skip(1), await test.Feed.ReadAsync("ships", 0, 10, Never));

        // The slow one is taken for gone; the newest change stays, or the feed would seem to begin anew.
        Assert.Equal(2, await test.Feed.PruneAsync(test.Time.GetUtcNow() - TimeSpan.FromHours(1), Never));
        Assert.Equal([all[3]], await test.Feed.ReadAsync("ships", 0, 10, Never));
        Assert.Equal(all[3].Sequence, await test.Feed.HeadAsync(Never));
    }

    [Theory, Engines]
    public async Task A_wait_can_be_cancelled(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        using var cancel = new CancellationTokenSource();
        var waiting = test.Feed.WaitAsync(0, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory, Engines]
    public async Task A_polling_reader_never_passes_a_hole_while_many_write(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        const int Writers = 8, Each = 25;
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < Each; n++)
                await test.Database.WriteAsync(Durability.Derived, async s =>
                {
                    s.Announce("default", "ships", $"{writer}-{n}-a");
                    await s.ExecuteAsync(Ship.Insert, Ship.Named($"{writer}-{n}"));
                    s.Announce("default", "ships", $"{writer}-{n}-b");
                }, Never);
        })).ToList();

        var seen = new List<Change>();
        while (seen.Count < Writers * Each * 2)
        {
            var finished = writing.TrueForAll(t => t.IsCompleted);
            var more = await test.Feed.ReadAsync("ships", seen.LastOrDefault()?.Sequence ?? 0, 7, Never);
            Assert.False(finished && more.Count == 0, $"{seen.Count} changes were seen and no more come: some were passed.");
            seen.AddRange(more);
        }
        await Task.WhenAll(writing);

        Assert.Equal(seen.Count, seen.DistinctBy(c => c.Entity).Count());
        foreach (var pair in seen.Chunk(2))
            Assert.Equal(pair[0].Entity.Replace("-a", "-b", StringComparison.Ordinal), pair[1].Entity);
    }

    [Theory, Engines]
    public async Task Who_waits_wakes_when_another_process_writes(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        var waiting = test.Feed.WaitAsync(0, Never);
        using var other = WriterProcess.Start(test.Options);
        try
        {
            await other.StandardOutput.ReadLineAsync();
            if (engine == DatabaseEngine.Sqlite)
            {
                // A file tells nobody; the feed looks again after a while.
                await test.Time.UntilTimersAsync();
                Assert.False(waiting.IsCompleted);
                test.Time.Advance(TimeSpan.FromSeconds(1));
            }
            await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync();
        }
    }

    private static Task AnnounceAsync(TestDatabase test, string topic, string entity) => test.Database.WriteAsync(Durability.Derived, s =>
    {
        s.Announce("default", topic, entity);
        return Task.CompletedTask;
    }, Never);
}
