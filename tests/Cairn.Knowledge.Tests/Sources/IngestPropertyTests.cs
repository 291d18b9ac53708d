using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

/// <summary>Whatever happened to a folder, ingesting it after each step ends where ingesting its final state once would.</summary>
public sealed class IngestPropertyTests
{
    private static readonly string[] Folders = ["", "hr/", "legal/", "legal/old/"];
    private static readonly string[] Endings = [".md", ".txt", ".xyz"];

    [Theory, Engines]
    public async Task Random_changes_with_ingestion_in_between_equal_one_fresh_ingestion(DatabaseEngine engine)
    {
        for (var seed = 1; seed <= (engine == DatabaseEngine.Sqlite ? 10 : 2); seed++)
        {
            await using var followed = await IngestedFolder.OpenAsync(engine);
            await DeclareAsync(followed, followed.Folder);
            var random = new Random(seed);
            for (var round = 0; round < 8; round++)
            {
                var before = (await followed.ListAsync()).ToDictionary(d => d.Path);
                var (moved, touched) = Change(followed, random);
                await followed.IngestAsync("docs");
                var after = (await followed.ListAsync()).ToDictionary(d => d.Path);
                foreach (var (from, to) in moved.Where(m => !touched.Contains(m.Key) && !touched.Contains(m.Value)))
                {
                    if (before.TryGetValue(from, out var old) && old.Status == DocumentStatus.Ready)
                        Assert.Equal(old.Id, after[to].Id);
                }
            }
            await using var fresh = await IngestedFolder.OpenAsync(engine);
            await DeclareAsync(fresh, followed.Folder);
            await fresh.IngestAsync("docs");
            Assert.Equal(await fresh.SearchableAsync(), await followed.SearchableAsync());
            Assert.Equal(await FailedAsync(fresh), await FailedAsync(followed));
        }
    }

    private static Task DeclareAsync(IngestedFolder folder, string root) => folder.DeclareAsync(new SourceDeclaration
    {
        Name = "docs",
        Root = root,
        Declared = true,
        Access = [IngestedFolder.Rule("hr/**", "group:hr"), IngestedFolder.Rule("legal/**", "group:legal", "user:ann"),
            IngestedFolder.Rule("**", "everyone")],
    });

    /// <returns>Which file was only moved where, and which paths something else happened to as well.</returns>
    private static (Dictionary<string, string> Moved, HashSet<string> Touched) Change(IngestedFolder folder, Random random)
    {
        var moved = new Dictionary<string, string>();
        var touched = new HashSet<string>();
        for (var n = random.Next(1, 7); n > 0; n--)
        {
            var files = Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            var file = files.Length == 0 ? null : files[random.Next(files.Length)];
            var path = file is null ? "" : Path.GetRelativePath(folder.Folder, file);
            var name = $"{Folders[random.Next(Folders.Length)]}f{random.Next(12)}{Endings[random.Next(Endings.Length)]}";
            switch (random.Next(6))
            {
                case 0 or 1:
                    Touch(name);
                    folder.Write(name, Text(random));
                    break;
                case 2 when file is not null:
                    Touch(path);
                    File.WriteAllText(file, Text(random));
                    break;
                case 3 when file is not null:
                    Touch(path);
                    File.Delete(file);
                    break;
                case 4 when file is not null && !File.Exists(folder.At(name)) && Path.GetExtension(name) == Path.GetExtension(path):
                    if (moved.ContainsValue(path) || moved.ContainsKey(name) || touched.Contains(path))
                        Touch(path);
                    else
                        moved[path] = name;
                    Touch(moved.ContainsKey(path) ? "" : name);
                    Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
                    File.Move(file, folder.At(name));
                    break;
                case 5 when file is not null:
                    File.SetLastWriteTimeUtc(file, new DateTime(2020 + random.Next(5), 1, 1, 0, 0, 0, DateTimeKind.Utc));
                    break;
            }
        }
        return (moved, touched);

        void Touch(string path) => touched.Add(path);
    }

    private static int _texts;

    /// <summary>Mostly texts of their own, so that a move can be told from a copy; some broken, some with access of their own.</summary>
    private static string Text(Random random) => random.Next(8) switch
    {
        0 => "BROKEN " + _texts++,
        1 => $"---\naccess: group:board\n---\nFor the board {_texts++}",
        2 => $"# Title {_texts++}\nBelow it\n",
        3 => $"---\nsupersedes: f{random.Next(12)}.md\n---\nNewer {_texts++}",
        _ => $"Line {_texts++}\nanother line\n",
    };

    private static async Task<string[]> FailedAsync(IngestedFolder folder)
        => [.. (await folder.ListAsync(status: DocumentStatus.Failed)).Select(d => $"{d.Path}: {d.Failure}").Order(StringComparer.Ordinal)];
}
