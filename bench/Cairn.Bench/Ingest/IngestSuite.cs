using System.Diagnostics;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Ingestion: MB of files per second. Beside LangChain.js, which loads and splits into memory, stand Cairn's reading and cutting alone
/// (like with like) and its whole way to durable documents with passages. And whether memory grows with the corpus.
/// </summary>
internal sealed class IngestSuite : ISuite
{
    private const double Target = 5;

    private static readonly string[] Parts = ["markdown", "html", "pdf", "docx", "memory"];

    public string Name => "ingest";

    public async Task RunAsync(BenchOptions options)
    {
        await LangChainPeer.InstallAsync();
        var root = Directory.CreateTempSubdirectory("cairn-bench-ingest-").FullName;
        try
        {
            var files = Path.Combine(root, "markdown");
            var bytes = IngestCorpus.Write(files, options.Quick ? 6L << 20 : 40L << 20);
            if (options.Arguments.Contains("--stages"))
            {
                await IngestStages.RunAsync(files, Path.Combine(root, "stages"));
                return;
            }
            if (Wants("markdown"))
                await MeasureAsync(root, "markdown", files, bytes, options.Quick ? 3 : 5);
            foreach (var format in new[] { "html", "pdf", "docx" }.Where(Wants))
            {
                var papers = Path.Combine(root, format);
                var copied = IngestCorpus.Copy(papers, format, (options.Quick ? 20 : 100) * (format == "html" ? 10 : 1));
                await MeasureAsync(root, format, papers, copied, options.Quick ? 1 : 3);
            }
            if (Wants("memory"))
                await MeasureMemoryAsync(root, options.Quick ? 3L << 20 : bytes);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        // `bench/run ingest --html` measures that part alone.
        bool Wants(string part) => !Parts.Any(p => options.Arguments.Contains("--" + p)) || options.Arguments.Contains("--" + part);
    }

    /// <summary>Each run measures all three in turn; the first is for warming up.</summary>
    private static async Task MeasureAsync(string root, string format, string files, long bytes, int runs)
    {
        var (read, stored, peer) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            var state = Path.Combine(root, $"{format}-state{run}");
            Directory.CreateDirectory(state);
            var reading = await CairnIngest.ReadAsync(files, state);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var (report, seconds) = await CairnIngest.RunAsync(files, state);
            var processor = Process.GetCurrentProcess().TotalProcessorTime - before;
            Directory.Delete(state, recursive: true);
            var theirs = await LangChainPeer.RunAsync(files);
            if (report.Documents.Added != theirs.Documents || reading.Documents != theirs.Documents)
                throw new BenchException(
                    $"Cairn has {report.Documents.Added} and {reading.Documents} {format} documents, LangChain.js {theirs.Documents}.");
            await Console.Error.WriteLineAsync(
                $"{format} {run}: {bytes / 1e6:0.0} MB; reading {reading.Seconds:0.00} s, {reading.Chunks} passages; durable {seconds:0.00} s ({processor.TotalSeconds:0.00} s of processor without parsers); LangChain.js {theirs.Seconds:0.00} s ({theirs.Processor:0.00} s of processor), {theirs.Chunks} chunks");
            if (run == 0)
                continue;
            read.Add(bytes / reading.Seconds / 1e6);
            stored.Add(bytes / seconds / 1e6);
            peer.Add(bytes / theirs.Seconds / 1e6);
        }
        Bar.AtLeast($"ingest.{format}.reading", Median(read), "MB/s", Target * Median(peer));
        Bar.AtLeast($"ingest.{format}.reading.times-langchain", Median(read) / Median(peer), "x", Target);
        Bar.AtLeast($"ingest.{format}", Median(stored), "MB/s", Target * Median(peer));
        Bar.AtLeast($"ingest.{format}.times-langchain", Median(stored) / Median(peer), "x", Target);
    }

    /// <summary>The most that is alive at any time during an ingestion of a quarter of the corpus, and of all of it.</summary>
    private static async Task MeasureMemoryAsync(string root, long bytes)
    {
        var small = await PeakAsync(root, "small", bytes / 4);
        var large = await PeakAsync(root, "large", bytes);
        Bar.AtMost("ingest.memory.large-to-small", large / small, "x", 1.25);
    }

    private static async Task<double> PeakAsync(string root, string name, long bytes)
    {
        var files = Path.Combine(root, name);
        IngestCorpus.Write(files, bytes);
        GC.Collect();
        using var stop = new CancellationTokenSource();
        var peak = 0L;
        var watch = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (!stop.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync();
                // What that collection left: asked for a moment later, the total also has what was allocated since, many MB on a busy
                // machine.
                GC.Collect();
                var left = GC.GetGCMemoryInfo(GCKind.FullBlocking);
                peak = Math.Max(peak, left.HeapSizeBytes - left.FragmentedBytes);
            }
        });
        Directory.CreateDirectory(Path.Combine(root, name + "-state"));
        await CairnIngest.RunAsync(files, Path.Combine(root, name + "-state"));
        await stop.CancelAsync();
        await watch;
        await Console.Error.WriteLineAsync($"{bytes / 1e6:0} MB of files: at most {peak / 1e6:0} MB alive");
        return peak;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
