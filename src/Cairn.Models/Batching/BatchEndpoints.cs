namespace Cairn.Models;

/// <summary>The addresses that a batch may call.</summary>
internal static class BatchEndpoints
{
    /// <exception cref="CairnException"><c>batch.endpoint</c>.</exception>
    public static WireProtocol ProtocolOf(string endpoint) => endpoint switch
    {
        "/v1/chat/completions" => WireProtocol.OpenAiChat,
        "/v1/responses" => WireProtocol.OpenAiResponses,
        "/v1/embeddings" => WireProtocol.OpenAiEmbeddings,
        "/anthropic/v1/messages" => WireProtocol.AnthropicMessages,
        _ => throw new CairnException(ErrorKind.Input, "batch.endpoint", $"A batch cannot call '{endpoint}'.",
            "Name /v1/chat/completions, /v1/responses, /v1/embeddings or /anthropic/v1/messages."),
    };
}
