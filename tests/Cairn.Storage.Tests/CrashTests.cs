using Cairn.Testing;

namespace Cairn.Storage.Tests;

public sealed class CrashTests
{
    // Over a second: each round starts a .NET process.
    [Theory, Engines]
    public async Task What_a_killed_process_was_acknowledged_is_there_and_the_rest_is_whole(DatabaseEngine engine)
    {
        await using var test = await TestDatabase.OpenAsync(engine, new ShipMigrations());
        var random = new Random(11);
        for (var round = 0; round < 3; round++)
        {
            var acknowledged = await KillAfterAsync(test.Options, random.Next(1, 150));

            var ships = await test.Database.ReadAsync(s => s.QueryAsync<string>("SELECT id FROM ships ORDER BY id"), default);
            var feed = await test.Feed.ReadAsync("ships", 0, int.MaxValue, default);

            Assert.Contains(acknowledged, ships);
            Assert.Equal(Enumerable.Range(1, ships.Count).Select(n => $"{n:d8}"), ships);
            Assert.Equal(ships, feed.Select(c => c.Entity));
        }
        if (engine == DatabaseEngine.Sqlite)
            Assert.Equal("ok", await test.Database.ReadAsync(s => s.GetAsync<string>("PRAGMA integrity_check"), default));
    }

    [Fact]
    public async Task A_blob_that_was_being_written_by_a_killed_process_is_cleared_away()
    {
        using var folder = new TemporaryFolder();
        var stray = folder.Write("incoming/half", "half of a blob");
        var blobs = new FileBlobs(folder.Path, new SequentialIdentifiers(), new ManualTime());

        await blobs.PutAsync(new MemoryStream([1, 2, 3]), default);

        Assert.False(File.Exists(stray));
    }

    private static async Task<string> KillAfterAsync(DatabaseOptions options, int commits)
    {
        using var writer = WriterProcess.Start(options);
        try
        {
            string? last = null;
            for (var n = 0; n < commits; n++)
                last = await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself.");
            return last!;
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }
}
