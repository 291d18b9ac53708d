using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge;

public static class ParsingServices
{
    /// <summary>Registers <see cref="IDocumentParser"/> and <see cref="IChunker"/>.</summary>
    public static IServiceCollection AddCairnParsing(this IServiceCollection services, ParserOptions? options = null, ChunkerOptions? chunking = null)
        => services
            .AddSingleton(options ?? new ParserOptions())
            .AddSingleton(chunking ?? new ChunkerOptions())
            .AddSingleton<IDocumentParser, DocumentParser>()
            .AddSingleton<IChunker, Chunker>();
}
