using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Writes a conversation as Anthropic takes it: what the system says in one place, messages of the user and the assistant in turn, results
/// of tools as the user's, first in their message. Reasoning goes back only with its signature: without one Anthropic refuses it.
/// </summary>
internal static class AnthropicMessageWriter
{
    public static void Write(Utf8JsonWriter json, string who, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var all = messages.ToList();
        var system = all.Where(m => m.Role == ChatRole.System).SelectMany(m => m.Contents).ToList();
        if (!string.IsNullOrEmpty(instructions))
            system.Insert(0, new TextContent(instructions));
        if (system.Count > 0)
        {
            json.WriteStartArray("system");
            foreach (var content in system)
                WriteBlock(json, who, content);
            json.WriteEndArray();
        }
        json.WriteStartArray("messages");
        foreach (var (role, contents) in Turns(all.Where(m => m.Role != ChatRole.System)))
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteStartArray("content");
            foreach (var content in contents)
                WriteBlock(json, who, content);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static List<(string Role, List<AIContent> Contents)> Turns(IEnumerable<ChatMessage> messages)
    {
        var turns = new List<(string Role, List<AIContent> Contents)>();
        foreach (var message in messages)
        {
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            var contents = message.Contents.Where(IsSent).ToList();
            if (contents.Count == 0)
                continue;
            if (turns.LastOrDefault() is { Role: { } last } turn && last == role)
                turn.Contents.AddRange(contents);
            else
                turns.Add((role, contents));
        }
        return turns;
    }

    // Anthropic refuses empty texts.
    private static bool IsSent(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent reasoning => reasoning.ProtectedData is not null,
        UsageContent => false,
        _ => true,
    };

    private static void WriteBlock(Utf8JsonWriter json, string who, AIContent content)
    {
        if (content is TextReasoningContent or FunctionCallContent or ErrorContent { ErrorCode: ReplyParts.RefusalCode }
            && !HasMark(content))
        {
            AnthropicBlocks.Write(json, content);
            return;
        }
        json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case FunctionCallContent call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                JsonValues.WriteObject(json, call.Arguments);
                break;
            case FunctionResultContent result:
                WriteResult(json, who, result);
                break;
            default:
                WriteMedia(json, who, content);
                break;
        }
        WireJson.WriteCarried(json, content.AdditionalProperties, CallParameters.CacheControl);
        json.WriteEndObject();
    }

    private static bool HasMark(AIContent content) => content.AdditionalProperties?.ContainsKey(CallParameters.CacheControl) == true;

    private static void WriteResult(Utf8JsonWriter json, string who, FunctionResultContent result)
    {
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", result.CallId);
        if (result.Result is IEnumerable<AIContent> parts)
        {
            json.WriteStartArray("content");
            foreach (var part in parts.Where(IsSent))
                WriteBlock(json, who, part);
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("content", WireJson.ResultText(result.Result));
        }
        if (result.Exception is not null)
            json.WriteBoolean("is_error", true);
    }

    private static void WriteMedia(Utf8JsonWriter json, string who, AIContent content)
    {
        var isImage = content switch
        {
            DataContent data => data.HasTopLevelMediaType("image"),
            UriContent uri => uri.HasTopLevelMediaType("image"),
            HostedFileContent file => file.MediaType?.StartsWith("image/", StringComparison.Ordinal) == true,
            _ => throw Unsupported.Content(who, content),
        };
        json.WriteString("type", isImage ? "image" : "document");
        if (!isImage && content is DataContent { Name: { } title })
            json.WriteString("title", title);
        json.WriteStartObject("source");
        switch (content)
        {
            case DataContent { MediaType: "text/plain" } text:
                json.WriteString("type", "text");
                json.WriteString("media_type", "text/plain");
                json.WriteString("data", System.Text.Encoding.UTF8.GetString(text.Data.Span));
                break;
            case DataContent data when isImage || data.MediaType == "application/pdf":
                json.WriteString("type", "base64");
                json.WriteString("media_type", data.MediaType);
                json.WriteString("data", data.Base64Data.Span);
                break;
            case UriContent uri when isImage || uri.MediaType == "application/pdf":
                json.WriteString("type", "url");
                json.WriteString("url", uri.Uri.AbsoluteUri);
                break;
            case HostedFileContent file:
                json.WriteString("type", "file");
                json.WriteString("file_id", file.FileId);
                break;
            default:
                throw Unsupported.Content(who, content);
        }
        json.WriteEndObject();
    }
}
