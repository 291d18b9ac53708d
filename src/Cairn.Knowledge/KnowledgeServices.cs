using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Knowledge;

public static class KnowledgeServices
{
    /// <summary>
    /// Everything of knowledge: reading files, ingesting them, finding their passages again, and answering from them. Needs storage, work,
    /// identity and the sandbox beside it.
    /// </summary>
    public static IServiceCollection AddCairnKnowledge(this IServiceCollection services, KnowledgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services
            .AddCairnParsing(options.Parsing)
            .AddCairnIngestion(new IngestionOptions
            {
                Scratch = Path.Combine(options.State, "scratch"),
                WatchSources = options.WatchSources,
            })
            .AddCairnRetrieval(Path.Combine(options.State, "index"))
            .AddCairnGrounding();
    }

    /// <summary>
    /// Registers <see cref="ISources"/>, <see cref="IIngestion"/> and <see cref="IDocuments"/> over the storage, the jobs and the parsers
    /// that are registered beside it.
    /// </summary>
    public static IServiceCollection AddCairnIngestion(this IServiceCollection services, IngestionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IMigrations, KnowledgeMigrations>();
        services.AddSingleton<IBlobReferences, DocumentBlobs>();
        services.AddSingleton<AccessSets>();
        services.AddSingleton<SourceLocks>();
        services.AddSingleton<FileReader>();
        services.AddSingleton<FilePreparation>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<IPassageStore, PassageStore>();
        services.AddSingleton<ISources, Sources>();
        services.AddSingleton<IIngestion, Ingestion>();
        services.AddSingleton<IDocuments, Documents>();
        services.AddSingleton<IJobHandler, IngestJob>();
        if (options.WatchSources)
            services.AddHostedService<SourceWatch>();
        return services;
    }
}
