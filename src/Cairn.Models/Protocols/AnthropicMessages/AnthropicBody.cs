using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes a request for a message, for a provider.</summary>
internal static class AnthropicBody
{
    private const string Kind = "an anthropic";

    public static byte[] Write(
        string who, string model, int usualMost, IEnumerable<ChatMessage> messages, ChatOptions? options) => WireJson.ToBytes(json =>
    {
        json.WriteString("model", model);
        Refuse(who, options);
        WriteLimits(json, who, usualMost, options);
        AnthropicMessageWriter.Write(json, who, messages, options?.Instructions);
        if (options is not null)
        {
            WriteSampling(json, who, options);
            WriteTools(json, who, options);
            WriteFormat(json, who, options);
        }
        json.WriteBoolean("stream", true);
    });

    private static void Refuse(string who, ChatOptions? options)
    {
        CallExtras.Refuse(who, Kind, options, name => name is CallParameters.User or CallParameters.Thinking);
        var refused = options switch
        {
            { Seed: not null } => "seed",
            { FrequencyPenalty: not null } => "frequency_penalty",
            { PresencePenalty: not null } => "presence_penalty",
            _ => null,
        };
        if (refused is not null)
            throw Unsupported.Parameter(who, Kind, refused);
    }

    /// <summary>
    /// Thinking is part of the output here as it is with reasoning models elsewhere; a limit of the caller's holds for both.
    /// </summary>
    private static void WriteLimits(Utf8JsonWriter json, string who, int usualMost, ChatOptions? options)
    {
        if (options?.AdditionalProperties?.GetValueOrDefault(CallParameters.Thinking) is JsonElement thinking)
        {
            json.WriteNumber("max_tokens", options.MaxOutputTokens ?? usualMost + (thinking.Count("budget_tokens") ?? 0));
            json.WritePropertyName("thinking");
            thinking.WriteTo(json);
            return;
        }
        var budget = options?.Reasoning?.Effort is { } effort ? ThinkingBudget.Of(effort) : 0;
        if (options?.MaxOutputTokens is { } most && budget >= most)
        {
            if (most <= ThinkingBudget.Least)
                throw Unsupported.Value(who, "reasoning_effort",
                    $"thinking takes more than {ThinkingBudget.Least} tokens, and the limit of the output is {most}");
            budget = Math.Max(ThinkingBudget.Least, most / 2);
        }
        json.WriteNumber("max_tokens", options?.MaxOutputTokens ?? usualMost + budget);
        if (budget == 0)
            return;
        json.WriteStartObject("thinking");
        json.WriteString("type", "enabled");
        json.WriteNumber("budget_tokens", budget);
        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature",
                temperature is >= 0 and <= 1 ? temperature : throw Unsupported.Value(who, "temperature", "Anthropic takes 0 to 1"));
        if (options.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (options.TopK is { } topK)
            json.WriteNumber("top_k", topK);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop_sequences");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        if (options.AdditionalProperties?.GetValueOrDefault(CallParameters.User) is { } user)
        {
            json.WriteStartObject("metadata");
            json.WritePropertyName("user_id");
            JsonValues.Write(json, user);
            json.WriteEndObject();
        }
    }

    private static void WriteTools(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            if (tool is not AIFunctionDeclaration function)
                throw Unsupported.Value(who, "tools", $"the tool '{tool.Name}' is no function");
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            if (function.Description.Length > 0)
                json.WriteString("description", function.Description);
            json.WritePropertyName("input_schema");
            function.JsonSchema.WriteTo(json);
            WireJson.WriteCarried(json, function.AdditionalProperties, CallParameters.Strict);
            WireJson.WriteCarried(json, function.AdditionalProperties, CallParameters.CacheControl);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (options.ToolMode is null && options.AllowMultipleToolCalls != false)
            return;
        json.WriteStartObject("tool_choice");
        json.WriteString("type", options.ToolMode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: not null } => "tool",
            RequiredChatToolMode => "any",
            _ => "auto",
        });
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
            json.WriteString("name", name);
        if (options.AllowMultipleToolCalls == false && options.ToolMode is not NoneChatToolMode)
            json.WriteBoolean("disable_parallel_tool_use", true);
        json.WriteEndObject();
    }

    /// <summary>https://docs.anthropic.com/en/docs/build-with-claude/structured-outputs</summary>
    private static void WriteFormat(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format)
            return;
        if (format.Schema is not { } schema)
            throw Unsupported.Value(who, "response_format", "Anthropic writes JSON by a schema only; give a json_schema");
        json.WriteStartObject("output_config");
        json.WriteStartObject("format");
        json.WriteString("type", "json_schema");
        json.WritePropertyName("schema");
        schema.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
