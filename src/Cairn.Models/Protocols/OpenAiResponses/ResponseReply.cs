using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A response as it grows.</summary>
internal sealed class ResponseReply(ChatCall call, string id, DateTimeOffset created, string model)
{
    private ChatFinishReason? _finish;
    private bool _ended;

    public List<ResponseItem> Items { get; } = [];

    public UsageDetails? Usage { get; set; }

    public bool IsIncomplete => _finish == ChatFinishReason.Length || _finish == ChatFinishReason.ContentFilter;

    public void End(ChatFinishReason? finish) => (_finish, _ended) = (finish, true);

    /// <summary>The fields, into an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("id", id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", created.ToUnixTimeSeconds());
        json.WriteString("status", !_ended ? "in_progress" : IsIncomplete ? "incomplete" : "completed");
        json.WriteString("model", model);
        json.WriteNull("error");
        json.WritePropertyName("incomplete_details");
        if (IsIncomplete)
        {
            json.WriteStartObject();
            json.WriteString("reason", _finish == ChatFinishReason.Length ? "max_output_tokens" : "content_filter");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
        json.WriteStartArray("output");
        foreach (var item in Items)
            item.Write(json);
        json.WriteEndArray();
        WriteSettings(json);
        if (_ended)
            OpenAiUsage.WriteResponses(json, Usage ?? new());
        else
            json.WriteNull("usage");
    }

    private void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteBoolean("parallel_tool_calls", call.Options.AllowMultipleToolCalls ?? true);
        json.WriteNull("previous_response_id");
        json.WriteString("instructions", call.Options.Instructions);
        json.WriteBoolean("store", false);
        json.WritePropertyName("max_output_tokens");
        JsonValues.Write(json, call.Options.MaxOutputTokens);
        json.WritePropertyName("temperature");
        JsonValues.Write(json, call.Options.Temperature);
        json.WritePropertyName("top_p");
        JsonValues.Write(json, call.Options.TopP);
        json.WriteString("tool_choice",
            call.Options.ToolMode switch { NoneChatToolMode => "none", RequiredChatToolMode => "required", _ => "auto" });
        json.WriteStartArray("tools");
        foreach (var tool in call.Options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(json);
            json.WriteBoolean("strict",
                tool.AdditionalProperties.GetValueOrDefault(CallParameters.Strict) is JsonElement { ValueKind: JsonValueKind.True });
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
    }
}
