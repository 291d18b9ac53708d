using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cairn.Bench;

/// <summary>
/// Lucene 8 in its own process (Debian's <c>liblucene8-java</c>): English stemming, no stop list, k1 1.2, b .75, one segment, no
/// positions. Times are taken inside that process.
/// </summary>
internal sealed class LucenePeer(string folder) : ISearchPeer
{
    private Process? _process;

    public string Name => "lucene";

    /// <summary>What is missing, or null when it can run.</summary>
    public static string? Missing()
        => !Directory.Exists("/usr/share/java") || Jars().Length < 2
            ? "liblucene8-java is not installed"
            : !File.Exists("/usr/bin/javac") ? "a JDK is not installed" : null;

    public BuildFigures Build(IReadOnlyList<string> passages)
    {
        Directory.CreateDirectory(folder);
        var input = Path.Combine(folder, "passages.tsv");
        File.WriteAllLines(input,
            passages.Select((p, i) => i.ToString(CultureInfo.InvariantCulture) + "\t" + p.ReplaceLineEndings(" ").Replace('\t', ' ')),
            new UTF8Encoding(false));
        Run("/usr/bin/javac", "-nowarn", "-cp", Classpath(), "-d", folder, Path.Combine(AppContext.BaseDirectory, "LucenePeer.java"));
        _process = Process.Start(new ProcessStartInfo("/usr/bin/java",
            ["-Xmx2g", "-XX:+UseSerialGC", "-cp", Classpath() + ":" + folder, "LucenePeer", Path.Combine(folder, "index"), input])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        var built = (_process.StandardOutput.ReadLine() ?? throw new BenchException("Lucene ended before its index was built.")).Split(' ');
        return new BuildFigures(long.Parse(built[1]) / 1e9, long.Parse(built[2]));
    }

    public Found Search(string question, int top)
    {
        _process!.StandardInput.Write($"{top}\t{question.ReplaceLineEndings(" ")}\n");
        _process.StandardInput.Flush();
        var answer = (_process.StandardOutput.ReadLine() ?? throw new BenchException("Lucene ended.")).Split(' ');
        return new Found([.. answer.Skip(1).Select(int.Parse)], long.Parse(answer[0]) / 1e6);
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string[] Jars()
        => [.. Directory.EnumerateFiles("/usr/share/java", "lucene-core-8*.jar"),
            .. Directory.EnumerateFiles("/usr/share/java", "lucene-analyzers-common-8*.jar")];

    private static string Classpath() => string.Join(':', Jars());

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BenchException($"{program} failed.");
    }
}
