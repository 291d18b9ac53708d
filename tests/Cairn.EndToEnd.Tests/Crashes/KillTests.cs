using System.Diagnostics;
using System.Globalization;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// <c>kill -9</c> at random moments of reading costs nothing but time. <c>CAIRN_KILLS</c> says how many (8 without it); the moments come
/// from a seed, spread over what an undisturbed reading takes on this machine.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 71;

    private static int Kills
        => int.TryParse(Environment.GetEnvironmentVariable("CAIRN_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills)
            ? kills
            : 8;

    [Fact]
    public async Task After_kills_at_random_moments_of_ingestion_the_workspace_equals_an_undisturbed_one()
    {
        var (expected, length) = await UndisturbedAsync();
        var random = new Random(Seed);
        var (kills, workspaces) = (0, 0);
        while (kills < Kills)
        {
            using var workspace = CrashWorkspace.Make(Seed);
            workspaces++;
            // At most a handful of deaths per workspace: later ones would find everything read already.
            for (var death = 0; death < 4 && kills < Kills; death++)
            {
                using var group = random.Next(2) == 0
                    ? ProcessGroup.Start(workspace.Root, Ingest)
                    : ProcessGroup.Start(workspace.Root, "up", "--port", "0");
                if (await group.KillAfterAsync(length * (0.2 + random.NextDouble())))
                    break;
                kills++;
            }
            var report = await CommandJson.OfAsync(workspace, [.. Ingest]);
            Assert.Equal(0, report.GetProperty("documents").GetProperty("failed").GetInt32());
            Assert.Equal(expected, await WorkspaceState.OfAsync(workspace));
        }
        output.WriteLine(
            $"{kills} kills over {workspaces} workspaces; an undisturbed reading takes {length.TotalMilliseconds:0} ms; {expected.Count} facts equal");
    }

    [Fact]
    public async Task A_deleted_index_an_altered_one_and_one_cut_short_are_built_again_with_the_same_results()
    {
        using var workspace = CrashWorkspace.Make(Seed);
        await CommandJson.OfAsync(workspace, [.. Ingest]);
        var expected = await WorkspaceState.OfAsync(workspace);
        var index = Path.Combine(workspace.Root, ".cairn", "index");
        var random = new Random(Seed);

        Directory.Delete(index, recursive: true);
        Assert.Equal(expected, await WorkspaceState.OfAsync(workspace));

        for (var round = 0; round < 3; round++)
        {
            var files = Directory.GetFiles(index).Order(StringComparer.Ordinal).ToArray();
            var file = files[round % files.Length];
            var bytes = await File.ReadAllBytesAsync(file);
            for (var flips = 0; flips < 5; flips++)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, round == 2 ? bytes[..(bytes.Length / 2)] : bytes);
            Assert.Equal(expected, await WorkspaceState.OfAsync(workspace));
        }
    }

    [Fact]
    public async Task Killed_while_the_index_is_built_again_it_is_whole_afterwards()
    {
        using var workspace = CrashWorkspace.Make(Seed);
        await CommandJson.OfAsync(workspace, [.. Ingest]);
        var expected = await WorkspaceState.OfAsync(workspace);
        var clock = Stopwatch.StartNew();
        await CommandJson.OfAsync(workspace, "search", "crane");
        var length = clock.Elapsed;
        var random = new Random(Seed);
        for (var death = 0; death < 4; death++)
        {
            Directory.Delete(Path.Combine(workspace.Root, ".cairn", "index"), recursive: true);
            using var group = ProcessGroup.Start(workspace.Root, "search", "crane", "--json");
            await group.KillAfterAsync(length * (0.4 + (0.6 * random.NextDouble())));
            Directory.CreateDirectory(Path.Combine(workspace.Root, ".cairn", "index"));
        }
        Assert.Equal(expected, await WorkspaceState.OfAsync(workspace));
    }

    private static string[] Ingest => ["ingest", "papers", "--source", "docs"];

    private static async Task<(IReadOnlyList<string> State, TimeSpan Length)> UndisturbedAsync()
    {
        using var workspace = CrashWorkspace.Make(Seed);
        var clock = Stopwatch.StartNew();
        var report = await CommandJson.OfAsync(workspace, [.. Ingest]);
        var length = clock.Elapsed;
        Assert.Equal(CrashWorkspace.Papers, report.GetProperty("documents").GetProperty("added").GetInt32());
        return (await WorkspaceState.OfAsync(workspace), length);
    }
}
