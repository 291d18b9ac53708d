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

/// <summary>Cairn's whole way from folder to durable documents with passages, as the server goes it; only the index is left out, which follows by itself.</summary>
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
        var job = await provider.GetRequiredService<IIngestion>().StartAsync(Principal.Owner(), new IngestRequest { Paths = [folder] }, CancellationToken.None);
        await foreach (var now in provider.GetRequiredService<IJobs>().FollowAsync(job.Tenant, job.Id, CancellationToken.None))
            job = now;
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var hosted in provider.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        if (job.Output is null)
            throw new BenchException($"The ingestion failed: {job.Error}");
        return (JsonSerializer.Deserialize<IngestReport>(job.Output, JsonSerializerOptions.Web)!, seconds);
    }

    private sealed class NoIndex : IIndexProgress
    {
        public long Position => long.MaxValue;

        public Task WaitUntilAsync(long sequence, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
