using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Content blocks of a reply.</summary>
internal static class AnthropicBlocks
{
    /// <summary>Texts that follow each other are one block, and so is reasoning up to its signature.</summary>
    public static IEnumerable<AIContent> Joined(IEnumerable<AIContent> contents)
    {
        AIContent? open = null;
        foreach (var content in contents)
        {
            if (open is TextContent before && content is TextContent text)
                open = new TextContent(before.Text + text.Text);
            else if (open is TextReasoningContent { ProtectedData: null } thought && content is TextReasoningContent more
                && !IsRedacted(more))
                open = new TextReasoningContent(thought.Text + more.Text) { ProtectedData = more.ProtectedData };
            else
            {
                if (open is not null)
                    yield return open;
                open = IsShown(content) ? content : null;
            }
        }
        if (open is not null)
            yield return open;
    }

    public static bool IsShown(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent reasoning => reasoning.Text.Length > 0 || reasoning.ProtectedData is not null,
        ErrorContent error => error.ErrorCode == ReplyParts.RefusalCode,
        FunctionCallContent => true,
        _ => false,
    };

    public static bool IsRedacted(TextReasoningContent reasoning)
        => reasoning.AdditionalProperties?.ContainsKey(CallParameters.Redacted) == true;

    /// <summary>A whole block; with <paramref name="empty"/> as it begins in a stream.</summary>
    public static void Write(Utf8JsonWriter json, AIContent content, bool empty = false)
    {
        json.WriteStartObject();
        switch (content)
        {
            case FunctionCallContent call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WriteStartObject("input");
                if (!empty)
                    WriteInput(json, call);
                json.WriteEndObject();
                break;
            case TextReasoningContent reasoning when IsRedacted(reasoning):
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", reasoning.ProtectedData);
                break;
            case TextReasoningContent reasoning:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", empty ? "" : reasoning.Text);
                json.WriteString("signature", empty ? "" : reasoning.ProtectedData ?? "");
                break;
            default:
                json.WriteString("type", "text");
                json.WriteString("text", empty ? "" : TextOf(content));
                break;
        }
        json.WriteEndObject();
    }

    public static string TextOf(AIContent content) => content is ErrorContent refusal ? refusal.Message : ((TextContent)content).Text;

    // The form that Anthropic's own documentation gives for arguments that are no JSON ("fine-grained tool streaming").
    private static void WriteInput(Utf8JsonWriter json, FunctionCallContent call)
    {
        if (call.AdditionalProperties?.GetValueOrDefault(CallParameters.RawArguments) is string raw)
            json.WriteString("INVALID_JSON", raw);
        else
            JsonValues.WriteMembers(json, call.Arguments);
    }
}
