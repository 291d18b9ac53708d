using Cairn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.Knowledge;

public static class RetrievalServices
{
    /// <summary>
    /// The retrieval port over an index in <paramref name="indexFolder"/> (<c>.cairn/index</c>), kept in step by a hosted service. Needs
    /// <see cref="IPassageStore"/>, <see cref="IChangeFeed"/> and <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddCairnRetrieval(this IServiceCollection services, string indexFolder)
        => services
            .AddSingleton(s => new IndexCatchUp(
                indexFolder, s.GetRequiredService<IPassageStore>(), s.GetRequiredService<IChangeFeed>(),
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<IndexCatchUp>>()))
            .AddSingleton<IIndexProgress>(s => s.GetRequiredService<IndexCatchUp>())
            .AddHostedService(s => s.GetRequiredService<IndexCatchUp>())
            .AddSingleton<IIndexReader, FollowedIndex>()
            .AddSingleton<IRetriever, Retriever>();
}
