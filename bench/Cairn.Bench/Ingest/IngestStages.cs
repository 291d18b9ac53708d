using System.Diagnostics;
using Cairn.Abstractions;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// <c>bench/run ingest --stages</c>: where the time goes. Processor time and allocations per MB of Markdown, stage by stage on one thread,
/// then the whole way.
/// </summary>
internal static class IngestStages
{
    private const int Rounds = 5;

    public static async Task RunAsync(string folder, string state)
    {
        var reader = new FileReader(new IngestionOptions { Scratch = Path.Combine(state, "scratch") },
            new Identifiers(TimeProvider.System));
        var files = new FolderScan(new SourceDefinition { Name = "bench" }.WithRoot(folder)).Files([folder]).ToList();
        var contents = files.ConvertAll(f => File.ReadAllBytes(f.File));
        var bytes = contents.Sum(c => (long)c.Length);
        var parser = new MarkdownParser();
        var chunker = new Chunker(new ChunkerOptions());
        var texts = contents.ConvertAll(c => TextDecoder.Decode(c, []));
        var parsed = contents.ConvertAll(c => parser.Parse(c, "a.md", CancellationToken.None));
        var chunks = parsed.ConvertAll(chunker.Chunk);
        var storing = await StoringStage.PrepareAsync(files, state);
        for (var round = 0; round < Rounds; round++)
        {
            var last = round == Rounds - 1;
            Measure("scan", bytes, last,
                () => _ = new FolderScan(new SourceDefinition { Name = "bench" }.WithRoot(folder)).Files([folder]).Count());
            await MeasureAsync("read and hash", bytes, last, async () =>
            {
                foreach (var file in files)
                    (await reader.ReadAsync(file, CancellationToken.None)).Dispose();
            });
            Measure("decode", bytes, last, () => contents.ForEach(c => TextDecoder.Decode(c, [])));
            Measure("Markdig, extensions that the text may use", bytes, last,
                () => texts.ForEach(t => Markdig.Markdown.Parse(t, MarkdownPipelines.For(t))));
            Measure("Markdig, all extensions", bytes, last, () => texts.ForEach(t => Markdig.Markdown.Parse(t, MarkdownPipelines.All)));
            Measure("parse (decode, Markdig, compose)", bytes, last,
                () => contents.ForEach(c => parser.Parse(c, "a.md", CancellationToken.None)));
            Measure("chunk", bytes, last, () => parsed.ForEach(p => chunker.Chunk(p)));
            Measure("pieces", bytes, last, () => { for (var i = 0; i < parsed.Count; i++) TextPieces.Of(parsed[i].Text, chunks[i]); });
            Measure("blocks", bytes, last, () => parsed.ForEach(p => LayoutCodec.Encode(p.Blocks)));
            await MeasureAsync("store", bytes, last, () => storing.RunAsync($"{state}-store{round}"));
            await MeasureAsync("whole way, two workers", bytes, last, async () => await CairnIngest.RunAsync(folder, $"{state}-{round}"));
        }
    }

    private static void Measure(string stage, long bytes, bool print, Action work)
        => MeasureAsync(stage, bytes, print, () => { work(); return Task.CompletedTask; }).GetAwaiter().GetResult();

    private static async Task MeasureAsync(string stage, long bytes, bool print, Func<Task> work)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await work();
        var (wall, used) = (watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - processor);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (print)
            Console.WriteLine(
                $"stage {stage,-42} {used.TotalMilliseconds / (bytes / 1e6),7:0.00} ms processor/MB {wall.TotalMilliseconds / (bytes / 1e6),7:0.00} ms wall/MB {allocated / (double)bytes,6:0.0} bytes allocated per byte");
    }
}
