using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Reads one <c>GenerateContentResponse</c> after another; tool calls get ids that are unique in the reply, since the protocol may leave
/// them out.
/// </summary>
internal sealed class GeminiReply(string who)
{
    public const string Signature = "thoughtSignature";

    private readonly RunningUsage _usage = new();
    private int _calls;
    private string? _id;

    public bool Finished { get; private set; }

    /// <exception cref="JsonException">Not such a response.</exception>
    /// <exception cref="ProviderFailureException">The prompt was refused.</exception>
    public ChatResponseUpdate Read(JsonElement root)
    {
        _id ??= root.TryGetProperty("responseId", out var id) ? id.GetString() : null;
        var update = new ChatResponseUpdate(ChatRole.Assistant, (IList<AIContent>)[]) { ResponseId = _id };
        if (root.TryGetProperty("promptFeedback", out var feedback) && feedback.TryGetProperty("blockReason", out var reason))
            throw new ProviderFailureException("provider.filtered", who, $"refused the prompt ({reason.GetString()})",
                "Change the prompt, or name another model.");
        if (root.TryGetProperty("candidates", out var candidates) && candidates.GetArrayLength() > 0)
            ReadCandidate(candidates[0], update);
        if (root.TryGetProperty("usageMetadata", out var usage) && usage.TryGetProperty("promptTokenCount", out _))
        {
            // Each chunk says it in all.
            if (_usage.Next(ReadUsage(usage)) is { } more)
                update.Contents.Add(more);
        }
        return update;
    }

    private void ReadCandidate(JsonElement candidate, ChatResponseUpdate update)
    {
        if (candidate.TryGetProperty("content", out var content) && content.TryGetProperty("parts", out var parts))
        {
            foreach (var part in parts.EnumerateArray())
            {
                if (ReadPart(part) is { } read)
                    update.Contents.Add(read);
            }
        }
        if (!candidate.TryGetProperty("finishReason", out var finish))
            return;
        Finished = true;
        update.FinishReason = finish.GetString() switch
        {
            "STOP" => _calls > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            "MAX_TOKENS" => ChatFinishReason.Length,
            "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "IMAGE_SAFETY" => ChatFinishReason.ContentFilter,
            "MALFORMED_FUNCTION_CALL" => throw new ProviderFailureException("provider.malformed", who, "made a tool call that is not valid",
                "Try again, or describe the tool more simply."),
            var other => new ChatFinishReason(other?.ToLowerInvariant() ?? "unknown"),
        };
    }

    private AIContent? ReadPart(JsonElement part)
    {
        var signature = part.TryGetProperty(Signature, out var s) ? s.GetString() : null;
        if (part.TryGetProperty("functionCall", out var call))
        {
            var id = call.TryGetProperty("id", out var given) ? given.GetString() : null;
            _calls++;
            return new FunctionCallContent(
                string.IsNullOrEmpty(id) ? string.Create(CultureInfo.InvariantCulture, $"call_{_id}_{_calls}") : id,
                call.GetProperty("name").GetString()!,
                JsonValues.Read(call.TryGetProperty("args", out var arguments) ? arguments : default))
            {
                AdditionalProperties = signature is null ? null : new() { [Signature] = signature },
            };
        }
        if (part.TryGetProperty("inlineData", out var data))
            return new DataContent(data.GetProperty("data").GetBytesFromBase64(), data.GetProperty("mimeType").GetString()!);
        var text = part.TryGetProperty("text", out var t) ? t.GetString() : null;
        if (part.TryGetProperty("thought", out var thought) && thought.ValueKind == JsonValueKind.True)
            return new TextReasoningContent(text) { ProtectedData = signature };
        if (string.IsNullOrEmpty(text))
            return signature is null ? null : new TextReasoningContent("") { ProtectedData = signature };
        return new TextContent(text);
    }

    private static UsageDetails ReadUsage(JsonElement usage)
    {
        var thoughts = Count(usage, "thoughtsTokenCount");
        var (input, output) = (Count(usage, "promptTokenCount") + Count(usage, "toolUsePromptTokenCount"),
            Count(usage, "candidatesTokenCount") + thoughts);
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = Count(usage, "cachedContentTokenCount"),
            ReasoningTokenCount = thoughts,
        };
    }

    private static long Count(JsonElement usage, string name) => usage.TryGetProperty(name, out var count) ? count.GetInt64() : 0;
}
