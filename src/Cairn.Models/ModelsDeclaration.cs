using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>The <c>models</c> section of <c>cairn.yaml</c>: providers, and routes that name <c>provider/model</c> in the order they are tried.</summary>
public sealed record ModelsDeclaration
{
    public static ModelsDeclaration Empty { get; } = new();

    public ImmutableArray<ProviderDeclaration> Providers { get; init; } = [];

    public ImmutableArray<RouteDeclaration> Routes { get; init; } = [];

    public CacheDeclaration Cache { get; init; } = CacheDeclaration.Default;
}
