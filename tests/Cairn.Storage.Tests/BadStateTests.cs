using System.Diagnostics;
using Cairn.Testing;

namespace Cairn.Storage.Tests;

public sealed class BadStateTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_called_damaged_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("cairn.db", new string('x', 50_000));

        var error = await Assert.ThrowsAsync<CairnException>(() => OpenAsync(path));

        Assert.Equal((ErrorKind.Environment, "database.damaged"), (error.Kind, error.Code));
        Assert.Contains(path, error.Fix, StringComparison.Ordinal);
        Assert.Equal(new string('x', 50_000), await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Pages_that_were_overwritten_are_called_damaged_when_they_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder["cairn.db"];
        await using (var database = New(path))
            await database.WriteAsync(Durability.Full, s => s.ExecuteManyAsync(Ship.Insert, Fleet(2_000)), default);
        await using (var file = File.OpenWrite(path))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[40_000]);
        }

        await using var damaged = New(path);
        var error = await Assert.ThrowsAsync<CairnException>(() => damaged.ReadAsync(s => s.QueryAsync<Ship>(Ship.All), default));

        Assert.Equal("database.damaged", error.Code);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["cairn.db"]);

        var error = await Assert.ThrowsAsync<CairnException>(() => OpenAsync(folder["cairn.db"]));

        Assert.Equal("database.unreachable", error.Code);
    }

    [Fact]
    public async Task A_postgresql_that_does_not_answer_is_said_without_the_password()
    {
        await using var database = new PostgreSqlDatabase(
            DatabaseOptions.PostgreSql("Host=/nowhere;Username=ann;Password=mistletoe;Database=cairn"), [], new FeedSignal(),
            new ManualTime());

        var error = await Assert.ThrowsAsync<CairnException>(() => database.OpenAsync(default));

        Assert.Equal("database.unreachable", error.Code);
        Assert.DoesNotContain("mistletoe", error.ToString(), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task A_database_of_a_newer_program_is_refused(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        await test.Database.WriteAsync(Durability.Full,
            s => s.ExecuteAsync("INSERT INTO schema_migrations (module, number) VALUES ('ships', 9)"), default);

        var signal = new FeedSignal();
        await using IDatabase again = engine == DatabaseEngine.Sqlite
            ? new SqliteDatabase(test.Options, [new ShipMigrations()], signal)
            : new PostgreSqlDatabase(test.Options, [new ShipMigrations()], signal, test.Time);
        var error = await Assert.ThrowsAsync<CairnException>(() => again.OpenAsync(default));

        Assert.Equal("database.newer", error.Code);
    }

    [Fact]
    public async Task A_database_that_may_not_grow_says_that_the_disk_is_full_and_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var database = New(folder["cairn.db"]);
        await database.WriteAsync(Durability.Full, s => s.ExecuteManyAsync(Ship.Insert, Fleet(10)), default);

        var error = await Assert.ThrowsAsync<CairnException>(() => database.WriteAsync(Durability.Full, async s =>
        {
            await s.ExecuteAsync("PRAGMA max_page_count = 1");
            await s.ExecuteManyAsync(Ship.Insert, Fleet(5_000).Skip(10));
        }, default));
        Assert.Equal("disk.full", error.Code);
        Assert.Equal(10, await CountAsync(database));

        await database.WriteAsync(Durability.Full, async s =>
        {
            await s.ExecuteAsync("PRAGMA max_page_count = 1000000");
            await s.ExecuteManyAsync(Ship.Insert, Fleet(20).Skip(10));
        }, default);
        Assert.Equal(20, await CountAsync(database));
    }

    [Fact]
    public async Task On_a_full_disk_rows_and_blobs_say_so_lose_nothing_and_go_on_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder["disk"]);
        await using var database = New(folder["disk/cairn.db"]);
        var blobs = new FileBlobs(folder["disk/blobs"], new SequentialIdentifiers(), new ManualTime());
        await database.WriteAsync(Durability.Full, s => s.ExecuteManyAsync(Ship.Insert, Fleet(10)), default);
        var kept = await blobs.PutAsync(new MemoryStream([1, 2, 3]), default);
        await FillAsync(folder["disk/filler"]);

        var rows = await Assert.ThrowsAsync<CairnException>(() => database.WriteAsync(Durability.Full,
            s => s.ExecuteManyAsync(Ship.Insert, Fleet(50_000).Skip(10)), default));
        var blob = await Assert.ThrowsAsync<CairnException>(() => blobs.PutAsync(new MemoryStream(new byte[8 << 20]), default));

        Assert.Equal(("disk.full", "disk.full"), (rows.Code, blob.Code));
        Assert.Equal(10, await CountAsync(database));
        Assert.True(await blobs.ExistsAsync(kept, default));
        File.Delete(folder["disk/filler"]);
        await database.WriteAsync(Durability.Full, s => s.ExecuteManyAsync(Ship.Insert, Fleet(20).Skip(10)), default);
        await blobs.PutAsync(new MemoryStream(new byte[100_000]), default);
        Assert.Equal(20, await CountAsync(database));
    }

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_once_old_readers_are_gone()
    {
        using var folder = new TemporaryFolder();
        var options = DatabaseOptions.Sqlite(folder["cairn.db"], folder["blobs"]) with { WriteAheadLimit = 1 << 20 };
        await using var database = new SqliteDatabase(options, [new ShipMigrations()], new FeedSignal());
        await database.WriteAsync(Durability.Derived, s => s.ExecuteManyAsync(Ship.Insert, Fleet(1)), default);
        var looked = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var reading = database.ReadAsync(async s =>
        {
            var before = await s.QueryAsync<Ship>(Ship.All);
            looked.SetResult();
            await leave.Task;
            return before.Count == (await s.QueryAsync<Ship>(Ship.All)).Count;
        }, default);
        await looked.Task;
        for (var n = 0; n < 30; n++)
            await WriteLogsAsync(database, n);
        var grown = new FileInfo(folder["cairn.db-wal"]).Length;
        leave.SetResult();
        Assert.True(await reading);
        for (var n = 30; n < 60; n++)
            await WriteLogsAsync(database, n);

        Assert.True(grown > options.WriteAheadLimit);
        Assert.InRange(new FileInfo(folder["cairn.db-wal"]).Length, 0, 2 * options.WriteAheadLimit);
    }

    [Theory, Engines]
    public async Task Doctor_is_told_the_engine_and_its_version(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine);

        var finding = Assert.Single(await new StorageCheck(test.Database).CheckAsync(default));

        Assert.Matches(engine == DatabaseEngine.Sqlite ? @"^SQLite 3\.\d+" : @"^PostgreSQL \d+", finding.Detail);
        Assert.Equal(finding.Status == DoctorStatus.Ok, finding.Fix is null);
    }

    private static Task<int> WriteLogsAsync(SqliteDatabase database, int n)
        => database.WriteAsync(Durability.Derived,
            s => s.ExecuteAsync(Ship.Insert, Ship.Named($"log-{n}") with { Log = new byte[300_000] }), default);

    private static IEnumerable<Ship> Fleet(int count)
        => Enumerable.Range(0, count).Select(n => Ship.Named($"{n:d6}") with { Log = new byte[200] });

    private static Task<int> CountAsync(SqliteDatabase database)
        => database.ReadAsync(s => s.GetAsync<int>("SELECT count(*) FROM ships"), default);

    private static SqliteDatabase New(string path)
        => new(DatabaseOptions.Sqlite(path, path + ".blobs"), [new ShipMigrations()], new FeedSignal());

    private static async Task OpenAsync(string path)
    {
        await using var database = New(path);
        await database.OpenAsync(default);
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[64 * 1024]);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // Full: that was the intention.
        }
    }

    /// <summary>Four megabytes of memory as a disk; only root can mount it.</summary>
    private sealed class SmallDisk(string folder) : IDisposable
    {
        public static SmallDisk Mount(string folder)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs root");
            Directory.CreateDirectory(folder);
            Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder),
                "this machine does not let root mount a small disk");
            return new(folder);
        }

        public void Dispose() => Run("umount", "-l", folder);

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
