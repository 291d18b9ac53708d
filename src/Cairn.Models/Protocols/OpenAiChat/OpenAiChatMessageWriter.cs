using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Writes a conversation as chat completions take it. They have no place for reasoning of earlier turns and for marks of a prompt cache:
/// these are left out (docs/gateway.md). A tool's result is text there, so images in one follow as the user's.
/// </summary>
internal static class OpenAiChatMessageWriter
{
    public static void Write(Utf8JsonWriter json, string who, IEnumerable<ChatMessage> messages, string? instructions)
    {
        if (!string.IsNullOrEmpty(instructions))
            WriteMessage(json, "system", null, () => json.WriteString("content", instructions));
        var shown = new List<AIContent>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                foreach (var result in message.Contents)
                    WriteResult(json, who, result as FunctionResultContent ?? throw Unsupported.Content(who, result), shown);
                continue;
            }
            WriteShown(json, who, shown);
            if (message.Role == ChatRole.Assistant)
                WriteMessage(json, "assistant", message.AuthorName, () => WriteAssistant(json, who, message.Contents));
            else
                WriteMessage(json, message.Role.Value, message.AuthorName, () => WriteContent(json, who, message.Contents));
        }
        WriteShown(json, who, shown);
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, string? name, Action writeRest)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        if (name is not null)
            json.WriteString("name", name);
        writeRest();
        json.WriteEndObject();
    }

    private static void WriteShown(Utf8JsonWriter json, string who, List<AIContent> shown)
    {
        if (shown.Count == 0)
            return;
        WriteMessage(json, "user", null, () => WriteContent(json, who, shown));
        shown.Clear();
    }

    private static void WriteResult(Utf8JsonWriter json, string who, FunctionResultContent result, List<AIContent> shown)
    {
        var parts = result.Result as IEnumerable<AIContent>;
        foreach (var part in parts ?? [])
        {
            if (part is not TextContent)
                shown.AddRange([new TextContent($"Of the result of the call {result.CallId}:"), part]);
        }
        WriteMessage(json, "tool", null, () =>
        {
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("content",
                result.Exception is null ? WireJson.ResultText(result.Result) : $"The tool failed: {WireJson.ResultText(result.Result)}");
        });
    }

    private static void WriteAssistant(Utf8JsonWriter json, string who, IList<AIContent> contents)
    {
        var text = string.Concat(contents.OfType<TextContent>().Select(t => t.Text));
        var calls = contents.OfType<FunctionCallContent>().ToList();
        json.WriteString("content", text.Length > 0 || calls.Count == 0 ? text : null);
        foreach (var content in contents)
        {
            if (content is ErrorContent { ErrorCode: ReplyParts.RefusalCode } refusal)
                json.WriteString("refusal", refusal.Message);
            else if (content is not (TextContent or FunctionCallContent or TextReasoningContent or UsageContent))
                throw Unsupported.Content(who, content);
        }
        if (calls.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
            OpenAiChatFormat.WriteCall(json, call, null);
        json.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter json, string who, IList<AIContent> contents)
    {
        if (contents.All(c => c is TextContent))
        {
            json.WriteString("content", string.Concat(contents.Select(c => ((TextContent)c).Text)));
            return;
        }
        json.WriteStartArray("content");
        foreach (var content in contents)
        {
            json.WriteStartObject();
            WritePart(json, who, content);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, string who, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(json, data.Uri, content);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                WriteImage(json, uri.Uri.AbsoluteUri, content);
                break;
            case DataContent data when MediaTypes.AudioFormat(data.MediaType) is { } format:
                json.WriteString("type", "input_audio");
                json.WriteStartObject("input_audio");
                json.WriteString("data", data.Base64Data.Span);
                json.WriteString("format", format);
                json.WriteEndObject();
                break;
            case DataContent { MediaType: "text/plain" } data:
                json.WriteString("type", "text");
                json.WriteString("text", System.Text.Encoding.UTF8.GetString(data.Data.Span));
                break;
            case DataContent { MediaType: "application/pdf" } data:
                json.WriteString("type", "file");
                json.WriteStartObject("file");
                json.WriteString("filename", data.Name ?? "document.pdf");
                json.WriteString("file_data", data.Uri);
                json.WriteEndObject();
                break;
            case HostedFileContent { MediaType: null or "application/pdf" } file:
                json.WriteString("type", "file");
                json.WriteStartObject("file");
                json.WriteString("file_id", file.FileId);
                json.WriteEndObject();
                break;
            default:
                throw Unsupported.Content(who, content);
        }
    }

    private static void WriteImage(Utf8JsonWriter json, string url, AIContent content)
    {
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", url);
        WireJson.WriteCarried(json, content.AdditionalProperties, CallParameters.Detail);
        json.WriteEndObject();
    }
}
