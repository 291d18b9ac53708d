using Cairn.Models;

namespace Cairn.Server;

/// <summary>The gateway's way in over HTTP: OpenAI's and Anthropic's addresses, for any client of theirs.</summary>
internal static class GatewayApi
{
    public static void MapGatewayApi(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/v1/chat/completions", WireProtocol.OpenAiChat);
        Map(routes, "/v1/responses", WireProtocol.OpenAiResponses);
        Map(routes, "/v1/embeddings", WireProtocol.OpenAiEmbeddings);
        Map(routes, "/anthropic/v1/messages", WireProtocol.AnthropicMessages);
        Map(routes, "/anthropic/v1/messages/count_tokens", WireProtocol.AnthropicCountTokens);
        routes.MapGet("/v1/models", ModelList.WriteAsync).Requires(Right.CallModels)
            .WithMetadata(new CallerProtocol(WireProtocol.OpenAiChat)).ExcludeFromDescription();
        MistypedAddresses.Map(routes);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, WireProtocol protocol)
    {
        var endpoint = new GatewayEndpoint(protocol);
        routes.MapPost(path, endpoint.InvokeAsync).Requires(Right.CallModels)
            .WithMetadata(new CallerProtocol(protocol), endpoint).ExcludeFromDescription();
    }
}
