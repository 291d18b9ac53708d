using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads a request for a chat completion.</summary>
internal static class OpenAiChatRequest
{
    // Read below, or of no effect on the answer.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "temperature", "top_p", "top_k", "max_tokens", "max_completion_tokens", "seed",
        "stop",
        "frequency_penalty", "presence_penalty", "parallel_tool_calls", "tools", "tool_choice", "response_format", "reasoning_effort",
    };

    public static ChatCall Read(JsonElement root)
    {
        var options = new ChatOptions
        {
            Temperature = RequestErrors.Number(root, "temperature"),
            TopP = RequestErrors.Number(root, "top_p"),
            TopK = RequestErrors.Whole(root, "top_k"),
            MaxOutputTokens = RequestErrors.Whole(root, "max_completion_tokens") ?? RequestErrors.Whole(root, "max_tokens"),
            Seed = root.Value("seed") is { } seed
                ? seed.ValueKind == JsonValueKind.Number && seed.TryGetInt64(out var s)
                    ? s
                    : throw RequestErrors.Invalid("seed", "a whole number")
                : null,
            StopSequences = RequestErrors.Texts(root, "stop"),
            FrequencyPenalty = NullWhenZero(RequestErrors.Number(root, "frequency_penalty")),
            PresencePenalty = NullWhenZero(RequestErrors.Number(root, "presence_penalty")),
            AllowMultipleToolCalls = RequestErrors.Truth(root, "parallel_tool_calls"),
            Tools = OpenAiTools.Read(root, nested: true),
            ToolMode = OpenAiTools.ReadChoice(root, nested: true),
            ResponseFormat = ReadFormat(root, out var strict),
            Reasoning = OpenAiReasoning.Read(RequestErrors.OptionalText(root, "reasoning_effort", ""), null, "reasoning_effort"),
        };
        if (strict is not null)
            (options.AdditionalProperties ??= [])[CallParameters.Strict] = strict;
        CallExtras.Read(root, Known, options);
        return new()
        {
            Model = RequestErrors.Text(root, "model", ""),
            Messages = [.. OpenAiChatMessages.Read(root)],
            Options = options,
            Stream = RequestErrors.Truth(root, "stream") ?? false,
            StreamUsage = root.Child("stream_options") is { } stream && (RequestErrors.Truth(stream, "include_usage") ?? false),
        };
    }

    private static float? NullWhenZero(float? number) => number is 0 ? null : number;

    private static ChatResponseFormat? ReadFormat(JsonElement root, out object? strict)
    {
        strict = null;
        if (root.Value("response_format") is not { } format)
            return null;
        switch (RequestErrors.Text(format, "type", "response_format"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when format.Child("json_schema") is { } described && described.Child("schema") is { } schema:
                strict = RequestErrors.Truth(described, "strict");
                return ChatResponseFormat.ForJsonSchema(schema.Clone(), described.Text("name"), described.Text("description"));
            case "json_schema":
                throw RequestErrors.Missing("response_format.json_schema.schema");
            default:
                throw RequestErrors.Invalid("response_format.type", "text, json_object or json_schema");
        }
    }
}
