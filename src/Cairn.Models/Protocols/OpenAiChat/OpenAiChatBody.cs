using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes a request for a chat completion, for a provider.</summary>
internal static class OpenAiChatBody
{
    private const string Kind = "an openai";

    // What OpenAI's reference names, beside what has a property of its own. Anthropic's thinking is said by the effort.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        CallParameters.Logprobs, CallParameters.TopLogprobs, CallParameters.LogitBias, CallParameters.Metadata, CallParameters.User,
        CallParameters.ServiceTier,
        CallParameters.Store, CallParameters.Verbosity, CallParameters.Prediction, CallParameters.PromptCacheKey,
        CallParameters.SafetyIdentifier, CallParameters.Thinking,
    };

    // What the servers of open models take beside it.
    private static readonly HashSet<string> TakenElsewhere = new(StringComparer.Ordinal) { CallParameters.MinP,
        CallParameters.RepetitionPenalty };

    public static byte[] Write(
        string who, string model, OpenAiDialect dialect, IEnumerable<ChatMessage> messages,
        ChatOptions? options) => WireJson.ToBytes(json =>
    {
        json.WriteString("model", model);
        json.WriteStartArray("messages");
        OpenAiChatMessageWriter.Write(json, who, messages, options?.Instructions);
        json.WriteEndArray();
        if (options is not null)
            WriteOptions(json, who, dialect, options);
        json.WriteBoolean("stream", true);
        json.WriteStartObject("stream_options");
        json.WriteBoolean("include_usage", true);
        json.WriteEndObject();
    });

    private static void WriteOptions(Utf8JsonWriter json, string who, OpenAiDialect dialect, ChatOptions options)
    {
        CallExtras.Refuse(who, Kind, options, name => Taken.Contains(name) || (!dialect.CompletionTokens && TakenElsewhere.Contains(name)));
        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (options.TopK is { } topK)
        {
            if (dialect.CompletionTokens)
                throw Unsupported.Parameter(who, Kind, "top_k");
            json.WriteNumber("top_k", topK);
        }
        if (options.MaxOutputTokens is { } most)
            json.WriteNumber(dialect.CompletionTokens ? "max_completion_tokens" : "max_tokens", most);
        if (options.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (options.FrequencyPenalty is { } frequency)
            json.WriteNumber("frequency_penalty", frequency);
        if (options.PresencePenalty is { } presence)
            json.WriteNumber("presence_penalty", presence);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        if (options.Reasoning?.Effort is { } effort)
            json.WriteString("reasoning_effort", OpenAiReasoning.Write(effort));
        WriteTools(json, who, options);
        WriteFormat(json, options);
        foreach (var (name, value) in options.AdditionalProperties ?? [])
        {
            if (name is not (CallParameters.Thinking or CallParameters.Strict))
            {
                json.WritePropertyName(name);
                JsonValues.Write(json, value);
            }
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
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", function.Name);
            if (function.Description.Length > 0)
                json.WriteString("description", function.Description);
            json.WritePropertyName("parameters");
            function.JsonSchema.WriteTo(json);
            WireJson.WriteCarried(json, function.AdditionalProperties, CallParameters.Strict);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (options.AllowMultipleToolCalls is { } parallel)
            json.WriteBoolean("parallel_tool_calls", parallel);
        switch (options.ToolMode)
        {
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case { } mode:
                json.WriteString("tool_choice",
                    mode switch { RequiredChatToolMode => "required", NoneChatToolMode => "none", _ => "auto" });
                break;
        }
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format)
            return;
        json.WriteStartObject("response_format");
        if (format.Schema is not { } schema)
        {
            json.WriteString("type", "json_object");
        }
        else
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? "answer");
            if (format.SchemaDescription is { } description)
                json.WriteString("description", description);
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            if (options.AdditionalProperties?.GetValueOrDefault(CallParameters.Strict) is bool strict)
                json.WriteBoolean("strict", strict);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
