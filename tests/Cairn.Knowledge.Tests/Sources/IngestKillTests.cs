using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

/// <summary>
/// An ingestion in a process of its own, killed (SIGKILL) at random points and started again until it is done, while the folder changes
/// between the rounds. Every kill costs a process; <c>CAIRN_KILLS</c> says how many (50 take a minute on two idle cores).
/// </summary>
public sealed class IngestKillTests
{
    private const int KillsPerRound = 5;

    private static readonly int Rounds
        = Math.Max(1, int.Parse(Environment.GetEnvironmentVariable("CAIRN_KILLS") ?? "10", CultureInfo.InvariantCulture) / KillsPerRound);

    [Fact]
    public async Task Kills_at_random_points_end_in_the_state_of_an_undisturbed_ingestion()
    {
        var random = new Random(20261121);
        await using var killed = await IngestedFolder.OpenAsync(DatabaseEngine.Sqlite);
        await DeclareAsync(killed, killed.Folder);
        var duration = TimeSpan.FromMilliseconds(400);
        var kills = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            Change(killed, round, random);
            for (var kill = 0; kill < KillsPerRound; kill++)
                kills += await RunAsync(killed, $"round-{round}", duration * random.NextDouble()) is null ? 1 : 0;
            var watch = Stopwatch.StartNew();
            var report = await RunAsync(killed, $"round-{round}", null);
            Assert.NotNull(report);
            duration = TimeSpan.FromMilliseconds(Math.Max(200, watch.ElapsedMilliseconds));
            await AssertFreshAsync(killed, report);
        }
        Assert.True(kills >= Rounds * KillsPerRound / 2, $"only {kills} processes were killed before they were done");
    }

    private static async Task AssertFreshAsync(IngestedFolder killed, IngestReport report)
    {
        await using var fresh = await IngestedFolder.OpenAsync(DatabaseEngine.Sqlite);
        await DeclareAsync(fresh, killed.Folder);
        var undisturbed = (await RunAsync(fresh, "once", null))!;
        Assert.Equal(await fresh.SearchableAsync(), await killed.SearchableAsync());
        Assert.Equal(undisturbed.Failures.AsEnumerable(), report.Failures);
        Assert.Equal(undisturbed.Documents.Added, report.Documents.Added + report.Documents.Updated + report.Documents.Unchanged);
    }

    private static Task DeclareAsync(IngestedFolder folder, string root) => folder.DeclareAsync(new SourceDeclaration
    {
        Name = "docs",
        Root = root,
        Declared = true,
        Access = [IngestedFolder.Rule("1*/**", "group:hr"), IngestedFolder.Rule("**", "everyone")],
    });

    /// <summary>Some hundred new files each round, and of the old ones some changed, deleted and moved.</summary>
    private static void Change(IngestedFolder folder, int round, Random random)
    {
        foreach (var file in Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            switch (random.Next(12))
            {
                case 0:
                    File.Delete(file);
                    break;
                case 1:
                    File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, $"moved{round}-{Path.GetFileName(file)}"));
                    break;
                case 2:
                    File.AppendAllText(file, $"\n\nAdded in round {round}.\n");
                    break;
            }
        }
        for (var i = 0; i < 250; i++)
            folder.Write($"{i % 20}/{round}-{i}.md", i % 50 == 7 ? "\0\u0001\u0002 no text" : Paper(round, i, random));
    }

    private static string Paper(int round, int i, Random random)
    {
        var paper = new System.Text.StringBuilder($"# Paper {round}-{i}\n\n");
        for (var n = random.Next(1, 30); n > 0; n--)
            paper.Append(CultureInfo.InvariantCulture,
                $"Berth {random.Next(1000)} was dredged to {random.Next(20)} metres. The pilot of round {round} waited.\n\n");
        return paper.ToString();
    }

    /// <returns>Null when the process was killed before it was done.</returns>
    private static async Task<IngestReport?> RunAsync(IngestedFolder folder, string job, TimeSpan? killAfter)
    {
        var input = JsonSerializer.Serialize(new IngestInput { Source = "docs" }, KnowledgeJson.Default.IngestInput);
        var host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Cairn.IngestHost",
            Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Cairn.IngestHost"));
        using var process = Process.Start(new ProcessStartInfo(host, [folder.State, job, input])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        Assert.Equal("working", await process.StandardOutput.ReadLineAsync());
        if (killAfter is { } time)
        {
            // Killing at a random time is the point here.
            using var late = new CancellationTokenSource(time);
            try
            {
                await process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
            return JsonSerializer.Deserialize(output, KnowledgeJson.Default.IngestReport);
        Assert.True(killAfter is not null, await errors);
        return null;
    }
}
