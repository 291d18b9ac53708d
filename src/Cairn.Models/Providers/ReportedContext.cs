namespace Cairn.Models;

/// <summary>
/// How providers say that a call is too long for its model: each in words of its own, and few by a code. It is found out here only where
/// the catalogue knows no window, or a smaller one is served than it says.
/// </summary>
internal static class ReportedContext
{
    private static readonly string[] Words =
    [
        // OpenAI's code (https://platform.openai.com/docs/guides/error-codes); vLLM's and older servers' message.
        "context_length_exceeded", "maximum context length",
        // llama.cpp's type and message (https://github.com/ggml-org/llama.cpp/pull/15780).
        "exceed_context_size_error", "exceeds the available context size",
        // Anthropic, without and with max_tokens.
        "prompt is too long", "exceed context limit",
        // Google, Amazon.
        "exceeds the maximum number of tokens", "input is too long for requested model",
    ];

    /// <param name="status">HTTP's.</param>
    /// <param name="body">Of the error, or its message.</param>
    public static bool Says(int status, string body)
        => status is 400 or 413 or 422 or 500 && Words.Any(words => body.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <param name="who">The provider and its model.</param>
    /// <param name="said">Its own words in brackets, or nothing.</param>
    public static ProviderFailureException Failure(string who, int status, string said) => new(
        "provider.context", who, $"says that the call is too long for its context window{said}",
        "Send less, ask for less output, or name a model with a larger window; models/catalog.yaml can say how much this one takes.") { Status = status };
}
