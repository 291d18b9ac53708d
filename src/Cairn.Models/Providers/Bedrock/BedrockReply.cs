using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Reads the events of ConverseStream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html).
/// A tool call is told when its block is whole; arguments that are not JSON are told as such, never repaired.
/// </summary>
internal sealed class BedrockReply
{
    private readonly Dictionary<int, OpenBlock> _blocks = [];

    public bool Finished { get; private set; }

    /// <returns>null for an event that tells nothing.</returns>
    public ChatResponseUpdate? Read(string eventType, JsonElement payload)
    {
        var content = eventType switch
        {
            "contentBlockStart" => Start(payload),
            "contentBlockDelta" => Delta(payload),
            "contentBlockStop" => Stop(payload),
            "metadata" when payload.TryGetProperty("usage", out var usage) => new UsageContent(ReadUsage(usage)),
            _ => null,
        };
        if (eventType == "messageStop")
        {
            Finished = true;
            return new ChatResponseUpdate(ChatRole.Assistant, (IList<AIContent>)[]) { FinishReason = FinishOf(
                payload.GetProperty("stopReason").GetString()!) };
        }
        return content is null ? null : new ChatResponseUpdate(ChatRole.Assistant, [content]);
    }

    private AIContent? Start(JsonElement payload)
    {
        if (payload.TryGetProperty("start", out var start) && start.TryGetProperty("toolUse", out var use))
            _blocks[Index(payload)] = new(use.GetProperty("toolUseId").GetString()!, use.GetProperty("name").GetString()!,
                new StringBuilder());
        return null;
    }

    private AIContent? Delta(JsonElement payload)
    {
        var delta = payload.GetProperty("delta");
        if (delta.TryGetProperty("text", out var text))
            return new TextContent(text.GetString());
        if (delta.TryGetProperty("toolUse", out var use))
        {
            if (!_blocks.TryGetValue(Index(payload), out var block))
                throw new JsonException("arguments of a tool call that did not begin");
            block.Input.Append(use.GetProperty("input").GetString());
            return null;
        }
        if (!delta.TryGetProperty("reasoningContent", out var reasoning))
            return null;
        return new TextReasoningContent(reasoning.TryGetProperty("text", out var thought) ? thought.GetString() : "")
        {
            ProtectedData = reasoning.TryGetProperty("signature", out var signature) ? signature.GetString()
                : reasoning.TryGetProperty("redactedContent", out var redacted) ? redacted.GetString() : null,
        };
    }

    private FunctionCallContent? Stop(JsonElement payload)
        => _blocks.Remove(Index(payload), out var block)
            ? FunctionCallContent.CreateFromParsedArguments(block.Input.Length == 0 ? "{}" : block.Input.ToString(), block.Id, block.Name,
                Parse)
            : null;

    private static IDictionary<string, object?> Parse(string input)
    {
        using var document = JsonDocument.Parse(input);
        return JsonValues.Read(document.RootElement);
    }

    private static int Index(JsonElement payload) => payload.GetProperty("contentBlockIndex").GetInt32();

    private static ChatFinishReason FinishOf(string reason) => reason switch
    {
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "guardrail_intervened" or "content_filtered" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(reason),
    };

    // Tokens of the prompt cache are counted beside the input here, and within it in Cairn.
    private static UsageDetails ReadUsage(JsonElement usage)
    {
        var (read, write) = (Count(usage, "cacheReadInputTokens"), Count(usage, "cacheWriteInputTokens"));
        var (input, output) = (Count(usage, "inputTokens") + read + write, Count(usage, "outputTokens"));
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = read,
            AdditionalCounts = write == 0 ? null : new() { [CallUsage.CacheWriteName] = write },
        };
    }

    private static long Count(JsonElement usage, string name)
        => usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt64() : 0;

    private sealed record OpenBlock(string Id, string Name, StringBuilder Input);
}
