using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// Where clients call whose base address lacks a part, or repeats one, or who speak an older protocol: the error, in the form that they
/// read, names the address that was meant.
/// </summary>
internal static class MistypedAddresses
{
    private const string Chat = "/v1/chat/completions";
    private const string Messages = "/anthropic/v1/messages";

    private static readonly (string Path, string Meant, WireProtocol Protocol)[] Known =
    [
        ("/v1/completions", Chat, WireProtocol.OpenAiChat),
        ("/completions", Chat, WireProtocol.OpenAiChat),
        ("/chat/completions", Chat, WireProtocol.OpenAiChat),
        ("/v1/v1/chat/completions", Chat, WireProtocol.OpenAiChat),
        ("/responses", "/v1/responses", WireProtocol.OpenAiResponses),
        ("/embeddings", "/v1/embeddings", WireProtocol.OpenAiEmbeddings),
        ("/v1/messages", Messages, WireProtocol.AnthropicMessages),
        ("/anthropic/messages", Messages, WireProtocol.AnthropicMessages),
        ("/anthropic/v1/v1/messages", Messages, WireProtocol.AnthropicMessages),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, meant, protocol) in Known)
        {
            RequestDelegate refuse = _ => throw new CairnException(ErrorKind.NotFound, "path.unknown", $"There is nothing at {path}.",
                $"Did you mean {meant}? Base addresses end in /v1 for OpenAI's clients, in /anthropic for Anthropic's.");
            routes.Map(path, refuse).Requires(Right.CallModels).WithMetadata(new CallerProtocol(protocol)).ExcludeFromDescription();
        }
    }
}
