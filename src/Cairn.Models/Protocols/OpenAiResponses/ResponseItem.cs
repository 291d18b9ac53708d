using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One item of a response's output: a message, a call, or reasoning.</summary>
internal sealed class ResponseItem(string id, AIContent content, object? logprobs)
{
    public string Id => id;

    public AIContent Content { get; set; } = content;

    public bool IsMessage => Content is TextContent or ErrorContent;

    public static ResponseItem Of(AIContent content, IIdentifiers identifiers, object? logprobs = null) => new(content switch
    {
        FunctionCallContent => "fc_",
        TextReasoningContent => "rs_",
        _ => "msg_",
    } + identifiers.New(), content, logprobs);

    /// <param name="empty">As it begins in a stream.</param>
    public void Write(Utf8JsonWriter json, bool empty = false)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        switch (Content)
        {
            case FunctionCallContent call:
                json.WriteString("type", "function_call");
                json.WriteString("call_id", call.CallId);
                json.WriteString("name", call.Name);
                json.WriteString("arguments", empty ? "" : WireJson.Arguments(call));
                json.WriteString("status", empty ? "in_progress" : "completed");
                break;
            case TextReasoningContent reasoning:
                json.WriteString("type", "reasoning");
                json.WriteStartArray("summary");
                if (!empty && reasoning.Text.Length > 0)
                    WriteSummary(json, reasoning.Text);
                json.WriteEndArray();
                if (reasoning.ProtectedData is { } data)
                    json.WriteString("encrypted_content", data);
                break;
            default:
                json.WriteString("type", "message");
                json.WriteString("role", "assistant");
                json.WriteString("status", empty ? "in_progress" : "completed");
                json.WriteStartArray("content");
                if (!empty)
                    WritePart(json, AnthropicBlocks.TextOf(Content));
                json.WriteEndArray();
                break;
        }
        json.WriteEndObject();
    }

    public void WritePart(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        if (Content is ErrorContent)
        {
            json.WriteString("type", "refusal");
            json.WriteString("refusal", text);
        }
        else
        {
            json.WriteString("type", "output_text");
            json.WriteString("text", text);
            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WritePropertyName("logprobs");
            WriteLogprobs(json);
        }
        json.WriteEndObject();
    }

    public static void WriteSummary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    // Chat completions wrap the list into an object, responses do not.
    private void WriteLogprobs(Utf8JsonWriter json)
    {
        if (logprobs is JsonElement { ValueKind: JsonValueKind.Object } wrapped
            && wrapped.Value("content") is { ValueKind: JsonValueKind.Array } list)
        {
            list.WriteTo(json);
            return;
        }
        json.WriteStartArray();
        json.WriteEndArray();
    }
}
