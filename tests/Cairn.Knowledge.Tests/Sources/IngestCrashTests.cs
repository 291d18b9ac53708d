using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

/// <summary>
/// An ingestion that dies at any of its writes, before or after the commit, and starts again ends like one that never died.
/// </summary>
public sealed class IngestCrashTests
{
    [Theory, Engines]
    public async Task An_attempt_that_dies_at_any_write_is_continued_to_the_same_end_and_the_same_report(DatabaseEngine engine)
    {
        var (state, report, _) = await IngestAsync(engine, int.MaxValue, before: true);
        Assert.Equal(new IngestCounts(70, 41, 42, 20, 3), report.Documents);
        var died = true;
        // Every write on SQLite; on PostgreSQL, where making the databases takes longest, every third.
        for (var at = 1; died; at += engine == DatabaseEngine.Sqlite ? 1 : 3)
        {
            foreach (var before in (bool[])[true, false])
            {
                var dying = await IngestAsync(engine, at, before);
                died = dying.Died;
                Assert.Equal(state, dying.State);
                Assert.Equal(report.Documents, dying.Report.Documents);
                Assert.Equal(report.Chunks, dying.Report.Chunks);
                Assert.Equal(report.Failures.AsEnumerable(), dying.Report.Failures);
            }
        }
    }

    private static async Task<(string[] State, IngestReport Report, bool Died)> RunAsync(IngestedFolder folder, int at, bool before)
    {
        var job = await folder.Ingestion.StartAsync(IngestedFolder.Owner, new IngestRequest { Source = "docs" }, CancellationToken.None);
        var dying = new DyingDatabase(folder.Database, at, before);
        try
        {
            await folder.RunAsync(job, dying);
        }
        catch (DeathException)
        {
        }
        var report = await folder.RunAsync(job);
        return (await folder.SearchableAsync(), report, dying.Died);
    }

    private static async Task<(string[] State, IngestReport Report, bool Died)> IngestAsync(DatabaseEngine engine, int at, bool before)
    {
        await using var folder = await IngestedFolder.OpenAsync(engine);
        await folder.DeclareAsync("docs", IngestedFolder.Rule("**", "everyone"));
        for (var i = 0; i < 103; i++)
            folder.Write($"old/{i:000}.txt", $"old {i}\nsecond line");
        await folder.IngestAsync("docs");
        for (var i = 0; i < 20; i++)
            File.Delete(folder.At($"old/{i:000}.txt"));
        for (var i = 20; i < 40; i++)
            File.Move(folder.At($"old/{i:000}.txt"), folder.At($"old/moved{i:000}.txt"));
        for (var i = 40; i < 61; i++)
            folder.Write($"old/{i:000}.txt", $"changed {i}");
        for (var i = 0; i < 70; i++)
            folder.Write($"new/{i:000}.md", i == 3 ? "---\nsupersedes: 100.txt\n---\nnewer" : $"# New {i}\n");
        folder.Write("new/broken1.md", "BROKEN 1");
        folder.Write("new/broken2.md", "BROKEN 2");
        folder.Write("new/odd.xyz", "odd");
        return await RunAsync(folder, at, before);
    }
}
