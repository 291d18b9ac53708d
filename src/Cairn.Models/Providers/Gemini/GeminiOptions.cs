using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes what goes beside the contents: tools, tool choice, and <c>generationConfig</c>.</summary>
internal static class GeminiOptions
{
    public static void Write(Utf8JsonWriter json, string who, ChatOptions? options)
    {
        if (options is null)
            return;
        WriteTools(json, who, options);
        WriteToolChoice(json, who, options);
        json.WriteStartObject("generationConfig");
        WriteSampling(json, who, options);
        WriteFormat(json, options);
        WriteThinking(json, options.Reasoning);
        json.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
            return;
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations");
        foreach (var tool in tools)
        {
            if (tool is not AIFunctionDeclaration function)
                throw Unsupported.Value(who, "tools", $"the tool '{tool.Name}' is no function");
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            json.WriteString("description", function.Description);
            json.WritePropertyName("parametersJsonSchema");
            function.JsonSchema.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteToolChoice(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.AllowMultipleToolCalls == false && options.Tools is { Count: > 0 })
            throw Unsupported.Parameter(who, "a gemini", "parallel_tool_calls");
        if (options.ToolMode is null)
            return;
        json.WriteStartObject("toolConfig");
        json.WriteStartObject("functionCallingConfig");
        json.WriteString("mode", options.ToolMode switch
        {
            RequiredChatToolMode => "ANY",
            NoneChatToolMode => "NONE",
            _ => "AUTO",
        });
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteStartArray("allowedFunctionNames");
            json.WriteStringValue(name);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP)
            json.WriteNumber("topP", topP);
        if (options.TopK is { } topK)
            json.WriteNumber("topK", topK);
        if (options.MaxOutputTokens is { } most)
            json.WriteNumber("maxOutputTokens", most);
        if (options.Seed is { } seed)
            json.WriteNumber("seed",
                seed is >= int.MinValue and <= int.MaxValue ? seed : throw Unsupported.Value(who, "seed", "Gemini takes 32 bits"));
        if (options.PresencePenalty is { } presence)
            json.WriteNumber("presencePenalty", presence);
        if (options.FrequencyPenalty is { } frequency)
            json.WriteNumber("frequencyPenalty", frequency);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        // The effort says the same as Anthropic's thinking.
        CallExtras.Refuse(who, "a gemini", options, name => name == CallParameters.Thinking);
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format)
            return;
        json.WriteString("responseMimeType", "application/json");
        if (format.Schema is not { } schema)
            return;
        json.WritePropertyName("responseJsonSchema");
        schema.WriteTo(json);
    }

    /// <summary>
    /// Effort as Google's own OpenAI-compatible endpoint maps it (https://ai.google.dev/gemini-api/docs/openai#thinking).
    /// </summary>
    private static void WriteThinking(Utf8JsonWriter json, ReasoningOptions? reasoning)
    {
        if (reasoning is null)
            return;
        json.WriteStartObject("thinkingConfig");
        if (reasoning.Effort is { } effort)
        {
            json.WriteNumber("thinkingBudget", effort switch
            {
                ReasoningEffort.None => 0,
                ReasoningEffort.Low => 1024,
                ReasoningEffort.Medium => 8192,
                _ => 24576,
            });
        }
        json.WriteBoolean("includeThoughts", reasoning.Output is ReasoningOutput.Summary or ReasoningOutput.Full);
        json.WriteEndObject();
    }
}
