using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// The <c>models</c> section of <c>cairn.yaml</c>: providers, and routes that name <c>provider/model</c> in the order they are tried.
/// </summary>
public sealed record ModelsDeclaration
{
    public static ModelsDeclaration Empty { get; } = new();

    public ImmutableArray<ProviderDeclaration> Providers { get; init; } = [];

    public ImmutableArray<RouteDeclaration> Routes { get; init; } = [];

    /// <summary>Each model's <c>tokenizer.json</c>, by absolute path.</summary>
    public ImmutableDictionary<ModelName, string> Tokenizers { get; init; } = ImmutableDictionary<ModelName, string>.Empty;

    public CacheDeclaration Cache { get; init; } = CacheDeclaration.Default;
}
