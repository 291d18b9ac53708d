using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Knowledge;

public static class ParsingServices
{
    /// <summary>
    /// Registers <see cref="IDocumentParser"/>, <see cref="IPageImages"/> and <see cref="IChunker"/>; needs the sandbox and logging.
    /// </summary>
    public static IServiceCollection AddCairnParsing(
        this IServiceCollection services, ParserOptions? options = null, ChunkerOptions? chunking = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options ?? new ParserOptions())
            .AddSingleton(chunking ?? new ChunkerOptions())
            .AddSingleton<ParserWorkers>()
            .AddSingleton<IDocumentParser, DocumentParser>()
            .AddSingleton<IPageImages, PageImages>()
            .AddSingleton<IChunker, Chunker>();
    }
}
