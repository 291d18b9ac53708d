using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Reads a request for a response.</summary>
internal static class ResponsesRequest
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "input", "instructions", "stream", "stream_options", "temperature", "top_p", "max_output_tokens", "parallel_tool_calls",
        "tools", "tool_choice",
        "text", "reasoning", "include", "store", "previous_response_id", "conversation", "prompt",
    };

    public static ChatCall Read(JsonElement root)
    {
        foreach (var name in new[] { "previous_response_id", "conversation", "prompt" })
        {
            if (root.Value(name) is not null)
                throw RequestErrors.Unsupported(name, "refers to what only OpenAI keeps; send the whole conversation as input");
        }
        var reasoning = root.Child("reasoning");
        var options = new ChatOptions
        {
            Instructions = RequestErrors.OptionalText(root, "instructions", ""),
            Temperature = RequestErrors.Number(root, "temperature"),
            TopP = RequestErrors.Number(root, "top_p"),
            MaxOutputTokens = RequestErrors.Whole(root, "max_output_tokens"),
            AllowMultipleToolCalls = RequestErrors.Truth(root, "parallel_tool_calls"),
            Tools = OpenAiTools.Read(root, nested: false),
            ToolMode = OpenAiTools.ReadChoice(root, nested: false),
            Reasoning = reasoning is { } r ? OpenAiReasoning.Read(r.Text("effort"), r.Text("summary"), "reasoning.effort") : null,
        };
        ReadText(root, options);
        CallExtras.Read(root, Known, options);
        ReadIncluded(root, options);
        return new()
        {
            Model = RequestErrors.Text(root, "model", ""),
            Messages = [.. ResponsesInput.Read(root)],
            Options = options,
            Stream = RequestErrors.Truth(root, "stream") ?? false,
            StreamUsage = true,
        };
    }

    private static void ReadText(JsonElement root, ChatOptions options)
    {
        if (root.Child("text") is not { } text)
            return;
        if (text.Value(CallParameters.Verbosity) is { } verbosity)
            (options.AdditionalProperties ??= [])[CallParameters.Verbosity] = verbosity.Clone();
        if (text.Child("format") is not { } format)
            return;
        options.ResponseFormat = RequestErrors.Text(format, "type", "text.format") switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" => ChatResponseFormat.ForJsonSchema((format.Child("schema") ?? throw RequestErrors.Missing("text.format.schema"))
                .Clone(), format.Text("name"), format.Text("description")),
            _ => throw RequestErrors.Invalid("text.format.type", "text, json_object or json_schema"),
        };
        if (RequestErrors.Truth(format, CallParameters.Strict) is { } strict)
            (options.AdditionalProperties ??= [])[CallParameters.Strict] = strict;
    }

    private static void ReadIncluded(JsonElement root, ChatOptions options)
    {
        foreach (var item in RequestErrors.Texts(root, "include") ?? [])
        {
            // Encrypted reasoning is always given where the provider gives it.
            if (item == "message.output_text.logprobs")
                (options.AdditionalProperties ??= [])[CallParameters.Logprobs] = JsonElement.Parse("true");
            else if (item != "reasoning.encrypted_content")
                throw RequestErrors.Unsupported("include", $"'{item}' exists at OpenAI only");
        }
    }
}
