using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Token counts in Anthropic's names: what was read from and written to the cache is counted beside the input, reasoning is part of the
/// output.
/// </summary>
internal static class AnthropicUsage
{
    public static void Write(Utf8JsonWriter json, UsageDetails details)
    {
        var usage = CallUsage.Of(details);
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", Math.Max(0, usage.Input - usage.CacheRead - usage.CacheWrite));
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWrite);
        json.WriteNumber("cache_read_input_tokens", usage.CacheRead);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteEndObject();
    }

    /// <param name="before">What an earlier event of the stream said, which a later one corrects.</param>
    public static UsageDetails? Read(JsonElement? parent, UsageDetails? before = null)
    {
        if (parent?.Child("usage") is not { } usage)
            return before;
        var cacheRead = usage.Count("cache_read_input_tokens") ?? before?.CachedInputTokenCount ?? 0;
        var cacheWrite = usage.Count("cache_creation_input_tokens")
            ?? before?.AdditionalCounts?.GetValueOrDefault(CallUsage.CacheWriteName) ?? 0;
        var input = usage.Count("input_tokens") is { } beside ? beside + cacheRead + cacheWrite : before?.InputTokenCount ?? 0;
        var output = usage.Count("output_tokens") ?? before?.OutputTokenCount ?? 0;
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = cacheRead,
            AdditionalCounts = cacheWrite > 0 ? new() { [CallUsage.CacheWriteName] = cacheWrite } : null,
        };
    }
}
