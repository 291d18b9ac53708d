using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes content blocks (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html).</summary>
internal static class BedrockBlocks
{
    private static readonly Dictionary<string, string> Documents = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/pdf"] = "pdf",
        ["text/csv"] = "csv",
        ["text/html"] = "html",
        ["text/plain"] = "txt",
        ["text/markdown"] = "md",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
    };

    public static void Write(Utf8JsonWriter json, string who, AIContent content)
    {
        // A block without text is refused by the service.
        if (content is UsageContent or TextContent { Text.Length: 0 })
            return;
        json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.WriteString("text", text.Text);
                break;
            case TextReasoningContent thought:
                WriteThought(json, thought);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteSource(json, "image", data.MediaType["image/".Length..], null, data);
                break;
            case DataContent data when Documents.TryGetValue(data.MediaType, out var format):
                WriteSource(json, "document", format, data.Name ?? "document", data);
                break;
            case FunctionCallContent call:
                json.WriteStartObject("toolUse");
                json.WriteString("toolUseId", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                JsonValues.WriteObject(json, call.Arguments);
                json.WriteEndObject();
                break;
            case FunctionResultContent result:
                WriteResult(json, who, result);
                break;
            default:
                throw Unsupported.Content(who, content);
        }
        json.WriteEndObject();
    }

    private static void WriteThought(Utf8JsonWriter json, TextReasoningContent thought)
    {
        json.WriteStartObject("reasoningContent");
        if (thought.Text.Length == 0 && thought.ProtectedData is { } hidden)
        {
            json.WriteString("redactedContent", hidden);
        }
        else
        {
            json.WriteStartObject("reasoningText");
            json.WriteString("text", thought.Text);
            if (thought.ProtectedData is { } signature)
                json.WriteString("signature", signature);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, string kind, string format, string? name, DataContent data)
    {
        json.WriteStartObject(kind);
        json.WriteString("format", format);
        if (name is not null)
            json.WriteString("name", name);
        json.WriteStartObject("source");
        json.WriteBase64String("bytes", data.Data.Span);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string who, FunctionResultContent result)
    {
        json.WriteStartObject("toolResult");
        json.WriteString("toolUseId", result.CallId);
        json.WriteStartArray("content");
        switch (result.Exception?.Message ?? result.Result)
        {
            case IEnumerable<AIContent> parts:
                foreach (var part in parts)
                    Write(json, who, part);
                break;
            case JsonElement { ValueKind: JsonValueKind.Object } value:
                json.WriteStartObject();
                json.WritePropertyName("json");
                value.WriteTo(json);
                json.WriteEndObject();
                break;
            case var value:
                json.WriteStartObject();
                json.WriteString("text", JsonValues.Text(value));
                json.WriteEndObject();
                break;
        }
        json.WriteEndArray();
        if (result.Exception is not null)
            json.WriteString("status", "error");
        json.WriteEndObject();
    }
}
