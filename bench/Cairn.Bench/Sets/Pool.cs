using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Bench;

/// <summary>
/// Data and distractors: the folder that <c>CAIRN_DATA</c> names, and passages of documentation packages made by its <c>make_pool.py</c>.
/// </summary>
internal static class Pool
{
    public static string Data => Environment.GetEnvironmentVariable("CAIRN_DATA") is { Length: > 0 } folder && Directory.Exists(folder)
        ? folder
        : throw new BenchException(
            "This suite reads public data sets: set CAIRN_DATA to the folder that holds squad/, cranfield/ and make_pool.py.");

    /// <summary>What benchmarks make and keep between runs.</summary>
    public static string Cache => Directory.CreateDirectory(Path.Combine(RepositoryRoot(), "artifacts", "bench")).FullName;

    public static List<string> Passages(int count)
    {
        var path = Path.Combine(Cache, $"pool-{count}.jsonl");
        var larger = Directory.EnumerateFiles(Cache, "pool-*.jsonl")
            .FirstOrDefault(f => int.Parse(Path.GetFileNameWithoutExtension(f)[5..]) >= count);
        if (larger is null)
        {
            Console.Error.WriteLine($"making {count} passages (once, about a minute for 300,000)");
            using var python = Process.Start(new ProcessStartInfo("python3",
                [Path.Combine(Data, "make_pool.py"), path + ".new", count.ToString()]) { RedirectStandardOutput = true })!;
            python.WaitForExit();
            if (python.ExitCode != 0)
                throw new BenchException("make_pool.py failed; it needs python3, apt-get and dpkg-deb.");
            File.Move(path + ".new", path);
        }
        return [.. File.ReadLines(larger ?? path).Take(count).Select(Text)];
    }

    private static string Text(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cairn.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new BenchException("Run this from a checkout of Cairn.");
    }
}
