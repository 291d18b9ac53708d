using System.Text.Json;
using Cairn.Learning;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Counts by the provider itself, else by the model's tokenizer, else by an estimate that says it is one.</summary>
internal sealed class TokenCounter(TokenizerFiles tokenizers, ProviderTokenCount? provider = null) : ITokenCounter
{
    /// <summary>
    /// What a chat protocol puts around each message, and before the reply (OpenAI's cookbook: 3 and the role's 1, and 3; other templates
    /// take 3 to 6).
    /// </summary>
    private const int PerMessage = 4;
    private const int BeforeReply = 3;

    /// <summary>Around each tool's declaration.</summary>
    private const int PerTool = 8;

    /// <summary>What providers say before a model's tools, at most (Anthropic's documentation of tool use: up to 346).</summary>
    private const int BeforeTools = 346;

    /// <summary>
    /// An image or a piece of sound, whose real count goes by its size in pixels or seconds: a large image at most providers.
    /// </summary>
    private const int PerMedium = 1_600;

    public async ValueTask<TokenCount> CountAsync(
        ModelName model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var said = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (provider is not null && await provider(model, said, options, cancellationToken) is { } exact)
            return new(exact, IsEstimate: false);
        var tokenizer = tokenizers.Find(model);
        var estimate = tokenizer is null;
        long tokens = BeforeReply;
        foreach (var message in said)
        {
            tokens += PerMessage;
            foreach (var content in message.Contents)
            {
                // A medium or an unknown part is estimated even beside a tokenizer.
                estimate |= TextOf(content) is null;
                tokens += TextOf(content) is { } text ? CountText(tokenizer, text) : PerMedium;
            }
        }
        if (options?.Instructions is { } instructions)
            tokens += PerMessage + CountText(tokenizer, instructions);
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            tokens += CountText(tokenizer, schema.GetRawText());
        if (options?.Tools is { Count: > 0 } tools)
        {
            tokens += BeforeTools;
            foreach (var tool in tools.OfType<AIFunctionDeclaration>())
                tokens += PerTool + CountText(tokenizer, $"{tool.Name} {tool.Description} {tool.JsonSchema.GetRawText()}");
        }
        return new(tokens, estimate);
    }

    /// <summary>
    /// A token has a byte at least, so a body has no more of them than bytes; what a provider says before tools comes on top.
    /// </summary>
    public long AtMost(ModelName model, long bodyBytes) => bodyBytes + BeforeTools;

    private static long CountText(Tokenizer? tokenizer, string text)
        => tokenizer?.Count(text, frame: false, parseSpecial: false) ?? ScriptTokens.Of(text);

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent thought => thought.Text,
        FunctionCallContent call => call.Name
            + (call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions) : ""),
        FunctionResultContent result => result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions),
        UsageContent => "",
        _ => null,
    };
}
