using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>What a provider's protocol cannot say is an error that names the caller's parameter; nothing is dropped in silence.</summary>
internal static class Unsupported
{
    /// <param name="kind">The kind of model, with its article: <c>an anthropic</c>.</param>
    /// <param name="name">As the caller's protocol names it.</param>
    public static ProviderFailureException Parameter(string who, string kind, string name)
        => new("provider.unsupported", who, $"unsupported parameter: '{name}' with {kind} model",
            $"Leave '{name}' out, or name a model whose provider takes it.");

    public static ProviderFailureException Value(string who, string name, string why)
        => new("provider.unsupported", who, $"unsupported value of '{name}': {why}",
            $"Change '{name}', or name a model whose provider takes it.");

    public static ProviderFailureException Content(string who, AIContent content) => content switch
    {
        DataContent data => Value(who, "messages", $"content of the type {data.MediaType}"),
        UriContent uri => Value(who, "messages", $"content of the type {uri.MediaType} by its address"),
        _ => Value(who, "messages", $"content of the kind {content.GetType().Name.Replace("Content", "", StringComparison.Ordinal)}"),
    };
}
