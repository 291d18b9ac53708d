using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Writes what goes beside the messages: <c>inferenceConfig</c>, <c>toolConfig</c>. A schema for the reply is left to the structured-output
/// decorator.
/// </summary>
internal static class BedrockOptions
{
    public static void Write(Utf8JsonWriter json, string who, ChatOptions? options)
    {
        if (options is null)
            return;
        Refuse(who, options);
        WriteSampling(json, options);
        WriteTools(json, who, options);
        if (options.TopK is { } topK)
        {
            json.WriteStartObject("additionalModelRequestFields");
            json.WriteNumber("top_k", topK);
            json.WriteEndObject();
        }
    }

    private static void Refuse(string who, ChatOptions options)
    {
        var refused = options switch
        {
            { Seed: not null } => "seed",
            { PresencePenalty: not null } => "presence_penalty",
            { FrequencyPenalty: not null } => "frequency_penalty",
            { ResponseFormat: ChatResponseFormatJson } => "response_format",
            { Reasoning: not null } => "reasoning_effort",
            { AllowMultipleToolCalls: false, Tools.Count: > 0 } => "parallel_tool_calls",
            _ => null,
        };
        if (refused is not null)
            throw Unsupported.Parameter(who, "a bedrock", refused);
        CallExtras.Refuse(who, "a bedrock", options, _ => false);
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options)
    {
        json.WriteStartObject("inferenceConfig");
        if (options.MaxOutputTokens is { } most)
            json.WriteNumber("maxTokens", most);
        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP)
            json.WriteNumber("topP", topP);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter json, string who, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
            return;
        if (options.ToolMode is NoneChatToolMode)
            throw Unsupported.Value(who, "tool_choice", "'none' with tools; leave the tools out");
        json.WriteStartObject("toolConfig");
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            if (tool is not AIFunctionDeclaration function)
                throw Unsupported.Value(who, "tools", $"the tool '{tool.Name}' is no function");
            json.WriteStartObject();
            json.WriteStartObject("toolSpec");
            json.WriteString("name", function.Name);
            if (function.Description.Length > 0)
                json.WriteString("description", function.Description);
            json.WriteStartObject("inputSchema");
            json.WritePropertyName("json");
            function.JsonSchema.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteToolChoice(json, options.ToolMode);
        json.WriteEndObject();
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        if (mode is null)
            return;
        json.WriteStartObject("toolChoice");
        switch (mode)
        {
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool");
                json.WriteString("name", name);
                break;
            case RequiredChatToolMode:
                json.WriteStartObject("any");
                break;
            default:
                json.WriteStartObject("auto");
                break;
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
