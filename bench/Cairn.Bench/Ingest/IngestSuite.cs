using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Ingestion of Markdown: MB of files per second from a folder to durable documents with passages, beside LangChain.js, which loads and
/// splits into memory only; and whether memory grows with the corpus.
/// </summary>
internal sealed class IngestSuite : ISuite
{
    private const double Target = 5;

    public string Name => "ingest";

    public async Task RunAsync(BenchOptions options)
    {
        await LangChainPeer.InstallAsync();
        var root = Directory.CreateTempSubdirectory("cairn-bench-ingest-").FullName;
        try
        {
            await MeasureAsync(root, options.Quick ? 10L << 20 : 40L << 20, options.Quick ? 3 : 5);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task MeasureAsync(string root, long size, int runs)
    {
        var files = Path.Combine(root, "files");
        var bytes = IngestCorpus.Write(files, size);
        var (cairn, peer) = (new List<double>(), new List<double>());
        IngestReport? report = null;
        for (var run = 0; run <= runs; run++)
        {
            var state = Path.Combine(root, $"state{run}");
            Directory.CreateDirectory(state);
            (report, var seconds) = await CairnIngest.RunAsync(files, state);
            Directory.Delete(state, recursive: true);
            var (documents, chunks, theirs) = await LangChainPeer.RunAsync(files);
            if (report.Documents.Added != documents)
                throw new BenchException($"Cairn has {report.Documents.Added} documents, LangChain.js {documents}.");
            await Console.Error.WriteLineAsync($"run {run}: Cairn {seconds:0.00} s, {report.Chunks} passages; LangChain.js {theirs:0.00} s, {chunks} chunks");
            if (run == 0)
                continue;
            cairn.Add(bytes / seconds / 1e6);
            peer.Add(bytes / theirs / 1e6);
        }
        Bar.AtLeast("ingest.markdown", Median(cairn), "MB/s", Target * Median(peer));
        Bar.AtLeast("ingest.markdown.times-langchain", Median(cairn) / Median(peer), "x", Target);
        await MeasureMemoryAsync(root, bytes);
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
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
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
