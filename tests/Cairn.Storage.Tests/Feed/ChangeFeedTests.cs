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
    public async Task A_wait_can_be_cancelled(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);
        using var cancel = new CancellationTokenSource();
        var waiting = test.Feed.WaitAsync(0, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static Task AnnounceAsync(TestDatabase test, string topic, string entity) => test.Database.WriteAsync(Durability.Derived, s =>
    {
        s.Announce("default", topic, entity);
        return Task.CompletedTask;
    }, Never);
}
