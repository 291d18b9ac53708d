using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Token counts in OpenAI's names: cached input is part of the input, reasoning part of the output.</summary>
internal static class OpenAiUsage
{
    public static void WriteChat(Utf8JsonWriter json, UsageDetails details) => Write(json, details, "prompt_tokens", "completion_tokens");

    public static void WriteResponses(Utf8JsonWriter json, UsageDetails details) => Write(json, details, "input_tokens", "output_tokens");

    private static void Write(Utf8JsonWriter json, UsageDetails details, string input, string output)
    {
        var usage = CallUsage.Of(details);
        json.WriteStartObject("usage");
        json.WriteNumber(input, usage.Input);
        json.WriteNumber(output, usage.Output);
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteStartObject(input + "_details");
        json.WriteNumber("cached_tokens", usage.CacheRead);
        json.WriteEndObject();
        json.WriteStartObject(output + "_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads the counts of chat completions and of responses; null where there are none.</summary>
    public static UsageDetails? Read(JsonElement? parent)
    {
        if (parent?.Child("usage") is not { } usage)
            return null;
        var input = usage.Count("prompt_tokens") ?? usage.Count("input_tokens");
        var output = usage.Count("completion_tokens") ?? usage.Count("output_tokens");
        return input is null && output is null ? null : new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = usage.Count("total_tokens") ?? (input ?? 0) + (output ?? 0),
            CachedInputTokenCount = (usage.Child("prompt_tokens_details") ?? usage.Child("input_tokens_details"))?.Count("cached_tokens")
                // DeepSeek's name.
                ?? usage.Count("prompt_cache_hit_tokens"),
            ReasoningTokenCount = (usage.Child("completion_tokens_details") ?? usage.Child("output_tokens_details"))?.Count(
                "reasoning_tokens"),
        };
    }
}
