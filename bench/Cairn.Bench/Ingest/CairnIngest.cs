using System.Diagnostics;
using System.Text.Json;
using Cairn.Abstractions;
using Cairn.Knowledge;
using Cairn.Sandbox;
using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cairn.Bench;

/// <summary>
/// Cairn's whole way from folder to durable documents with passages, as the server goes it; only the index is left out, which follows by
/// itself.
/// </summary>
internal static class CairnIngest
{
    public static async Task<(IngestReport Report, double Seconds)> RunAsync(string folder, string state)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(state, "cairn.db"), Path.Combine(state, "blobs")));
        services.AddCairnWork();
        services.AddCairnSandbox();
        services.AddCairnParsing();
        services.AddCairnIngestion(new IngestionOptions { Scratch = Path.Combine(state, "scratch") });
        services.AddSingleton<IIndexProgress, NoIndex>();
        services.AddSingleton<IAccess, OwnerOnly>();
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var job = await provider.GetRequiredService<IIngestion>()
            .StartAsync(Principal.Owner(), new IngestRequest { Paths = [folder] }, CancellationToken.None);
        await foreach (var now in provider.GetRequiredService<IJobs>().FollowAsync(job.Tenant, job.Id, CancellationToken.None))
            job = now;
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        if (job.Output is null)
            throw new BenchException($"The ingestion failed: {job.Error}");
        return (JsonSerializer.Deserialize<IngestReport>(job.Output, JsonSerializerOptions.Web)!, seconds);
    }

    /// <summary>
    /// The part that LangChain.js does too: find, read, parse and cut every file of a folder, and keep nothing. By as many workers as an
    /// ingestion has.
    /// </summary>
    public static async Task<(int Documents, int Chunks, double Seconds)> ReadAsync(string folder, string state)
    {
        var options = new IngestionOptions { Scratch = Path.Combine(state, "scratch") };
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IIdentifiers, Identifiers>()
            .AddCairnSandbox();
        services.AddCairnParsing();
        services.AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(state, "unused.db"), Path.Combine(state, "blobs")));
        await using var provider = services.BuildServiceProvider();
        var reader = new FileReader(options, provider.GetRequiredService<IIdentifiers>());
        var preparation = new FilePreparation(
            options, reader, provider.GetRequiredService<IDocumentParser>(), new Chunker(new ChunkerOptions()),
            provider.GetRequiredService<IBlobs>(), TimeProvider.System);
        var (documents, chunks) = (0, 0);
        var watch = Stopwatch.StartNew();
        var files = new FolderScan(new SourceDefinition { Name = "bench" }.WithRoot(folder)).Files([folder]);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = options.Workers },
            async (file, cancellationToken) =>
        {
            var prepared = await preparation.PrepareAsync(file, null, rescan: false, moved: null, cancellationToken);
            if (prepared.Content is not { } content)
                return;
            Interlocked.Increment(ref documents);
            Interlocked.Add(ref chunks, content.Passages);
        });
        return (documents, chunks, watch.Elapsed.TotalSeconds);
    }

    private sealed class NoIndex : IIndexProgress
    {
        public long Position => long.MaxValue;

        public Task WaitUntilAsync(long sequence, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
