using Cairn.Testing;

namespace Cairn.Storage.Tests;

public sealed class DatabaseTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory, Engines]
    public async Task What_a_change_wrote_is_there_for_the_next_read(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        var written = Ship.Named("alma") with { Scrapped = DateTimeOffset.UnixEpoch.AddYears(50), Tonnage = 1.5, Log = [1, 2, 0, 255] };
        await test.Database.WriteAsync(Durability.Full, s => s.ExecuteAsync(Ship.Insert, written), Never);

        var read = Assert.Single(await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));

        Assert.Equal(written with { Log = null }, read with { Log = null });
        Assert.Equal(written.Log, read.Log);
    }

    [Theory, Engines]
    public async Task A_change_that_throws_leaves_nothing_behind(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => test.Database.WriteAsync(Durability.Full, async s =>
        {
            await s.ExecuteAsync(Ship.Insert, Ship.Named("alma"));
            s.Announce("default", "ships", "alma");
            throw new InvalidTimeZoneException();
        }, Never));

        Assert.Empty(await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));
        Assert.Equal(0, await test.Feed.HeadAsync(Never));
    }

    [Theory, Engines]
    public async Task A_read_sees_one_snapshot_while_others_write(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        var looked = new TaskCompletionSource();
        var wrote = new TaskCompletionSource();
        var reading = test.Database.ReadAsync(async s =>
        {
            var before = (await s.QueryAsync<Ship>(Ship.All)).Count;
            looked.SetResult();
            await wrote.Task;
            return (before, after: (await s.QueryAsync<Ship>(Ship.All)).Count);
        }, Never);
        await looked.Task;
        await test.Database.WriteAsync(Durability.Derived, s => s.ExecuteAsync(Ship.Insert, Ship.Named("alma")), Never);
        wrote.SetResult();

        Assert.Equal((0, 0), await reading);
        Assert.Single(await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));
    }

    [Theory, Engines]
    public async Task Concurrent_changes_of_one_row_all_count(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await test.Database.WriteAsync(Durability.Derived, s => s.ExecuteAsync(Ship.Insert, Ship.Named("alma") with { LengthMetres = 0 }),
            Never);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => test.Database.WriteAsync(Durability.Derived, async s =>
        {
            var length = await s.GetAsync<int>("SELECT length_metres FROM ships WHERE id = 'alma'");
            await s.ExecuteAsync("UPDATE ships SET length_metres = @length WHERE id = 'alma'", new { length = length + 1 });
        }, Never))));

        Assert.Equal(20, await test.Database.ReadAsync(s => s.GetAsync<int>("SELECT length_metres FROM ships WHERE id = 'alma'"), Never));
    }

    [Theory, Engines]
    public async Task A_read_cannot_write(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await Assert.ThrowsAnyAsync<Exception>(() => test.Database.ReadAsync(s => s.GetAsync<string>(Ship.Insert + " RETURNING id",
            Ship.Named("alma")), Never));
        Assert.Empty(await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));
    }

    [Theory, Engines]
    public async Task A_session_inside_a_session_is_refused_instead_of_waiting_for_ever(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.WriteAsync(
            Durability.Derived, _ => test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never), Never));
    }

    [Theory, Engines]
    public async Task A_foreign_key_that_points_nowhere_is_refused(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => test.Database.WriteAsync(
            Durability.Derived, s => s.ExecuteAsync("INSERT INTO crew (tenant, ship, name) VALUES ('default', 'nowhere', 'Ann')"), Never));
    }

    [Theory, Engines]
    public async Task Many_rows_go_in_by_one_statement(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        var ships = Enumerable.Range(0, 1_203).Select(n => Ship.Named($"ship-{n:d5}") with { Tonnage = n % 2 == 0 ? n : null }).ToList();

        var changed = await test.Database.WriteAsync(Durability.Derived, s => s.ExecuteManyAsync(Ship.Insert, ships), Never);

        Assert.Equal(ships.Count, changed);
        Assert.Equal(ships, await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));
    }

    [Theory, Engines]
    public async Task A_list_is_one_parameter(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await test.Database.WriteAsync(Durability.Derived,
            s => s.ExecuteManyAsync(Ship.Insert, [Ship.Named("a"), Ship.Named("b"), Ship.Named("c")]), Never);

        var inside = await test.Database.ReadAsync(s => s.QueryAsync<string>("SELECT id FROM ships WHERE id IN @ids ORDER BY id",
            new { ids = new[] { "a", "c" } }), Never);
        var outside = await test.Database.ReadAsync(s => s.QueryAsync<string>("SELECT id FROM ships WHERE id NOT IN @ids",
            new { ids = new List<string> { "a", "c" } }), Never);

        Assert.Equal(["a", "c"], inside);
        Assert.Equal(["b"], outside);
    }

    [Theory, Engines]
    public async Task Rows_can_be_streamed(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await test.Database.WriteAsync(Durability.Derived, s => s.ExecuteManyAsync(Ship.Insert, [Ship.Named("a"), Ship.Named("b")]), Never);

        var names = await test.Database.ReadAsync(async s =>
        {
            List<string> seen = [];
            await foreach (var ship in s.StreamAsync<Ship>(Ship.All))
                seen.Add(ship.Id);
            return seen;
        }, Never);

        Assert.Equal(["a", "b"], names);
    }

    [Theory, Engines]
    public async Task A_cancelled_query_stops(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => test.Database.ReadAsync(s => s.GetAsync<long>(Endless),
            cancel.Token)));

        Assert.Empty(await test.Database.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), Never));
    }
}
