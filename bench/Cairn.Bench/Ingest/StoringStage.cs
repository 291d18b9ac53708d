using Cairn.Abstractions;
using Cairn.Knowledge;
using Cairn.Sandbox;
using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Bench;

/// <summary>The storing alone: files that were read and cut before, written to a fresh database in batches as an ingestion does.</summary>
internal sealed class StoringStage(IReadOnlyList<PreparedFile> files)
{
    private const int Together = 128;

    public static async Task<StoringStage> PrepareAsync(IReadOnlyList<ScannedFile> files, string state)
    {
        await using var services = Services(state);
        var options = new IngestionOptions { Scratch = Path.Combine(state, "scratch") };
        var preparation = new FilePreparation(
            options, new FileReader(options, services.GetRequiredService<IIdentifiers>()), services.GetRequiredService<IDocumentParser>(),
            new Chunker(new ChunkerOptions()), services.GetRequiredService<IBlobs>(), TimeProvider.System);
        var prepared = new List<PreparedFile>(files.Count);
        foreach (var file in files)
            prepared.Add(await preparation.PrepareAsync(file, null, rescan: false, moved: null, CancellationToken.None));
        return new StoringStage(prepared);
    }

    public async Task RunAsync(string state)
    {
        await using var services = Services(state);
        var database = services.GetRequiredService<IDatabase>();
        var identifiers = services.GetRequiredService<IIdentifiers>();
        var source = new StoredSource(new SourceDefinition { Name = "bench" }, Retired: false, LastIngested: null);
        foreach (var batch in files.Chunk(Together))
        {
            await database.WriteAsync(
                Durability.Derived,
                session => new DocumentWriter(session, Tenants.Default, source, "job", identifiers, 0).ApplyAsync(batch),
                CancellationToken.None);
        }
    }

    private static ServiceProvider Services(string state)
        => new ServiceCollection()
            .AddLogging()
            .AddCairnStorage(DatabaseOptions.Sqlite(Path.Combine(state, "cairn.db"), Path.Combine(state, "blobs")))
            .AddCairnSandbox()
            .AddCairnParsing()
            .AddSingleton<IMigrations, KnowledgeMigrations>()
            .BuildServiceProvider();
}
