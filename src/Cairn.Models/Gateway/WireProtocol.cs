namespace Cairn.Models;

/// <summary>
/// A protocol that callers and providers speak. Between two that are the same a body passes through; else it is translated by way of
/// Microsoft.Extensions.AI's types.
/// </summary>
public enum WireProtocol
{
    /// <summary><c>POST /v1/chat/completions</c>.</summary>
    OpenAiChat,

    /// <summary><c>POST /v1/responses</c>.</summary>
    OpenAiResponses,

    /// <summary><c>POST /v1/embeddings</c>.</summary>
    OpenAiEmbeddings,

    /// <summary><c>POST /v1/messages</c>.</summary>
    AnthropicMessages,

    /// <summary><c>POST /v1/messages/count_tokens</c>.</summary>
    AnthropicCountTokens,
}
