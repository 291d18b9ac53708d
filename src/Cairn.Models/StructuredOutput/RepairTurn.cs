using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Models;

/// <summary>A caller's own body with two turns more: what the model answered, and what is wrong with it.</summary>
internal static class RepairTurn
{
    /// <returns>null where the body cannot be read as its provider may read it: then there is no second try.</returns>
    public static byte[]? Append(WireProtocol protocol, ReadOnlySpan<byte> body, string answer, string wrong)
        => Append(protocol, body, turns =>
    {
        // No protocol takes an empty turn.
        if (!string.IsNullOrWhiteSpace(answer))
            turns.Add((JsonNode)Turn("assistant", answer));
        turns.Add((JsonNode)Turn("user", wrong));
    });

    /// <inheritdoc cref="Append(WireProtocol, ReadOnlySpan{byte}, string, string)"/>
    /// <param name="wrong">What is wrong with a call; empty where nothing is.</param>
    public static byte[]? Append(
        WireProtocol protocol, ReadOnlySpan<byte> body, WireChoice answer, Func<WireToolCall, IReadOnlyList<SchemaViolation>> wrong)
        => protocol == WireProtocol.AnthropicMessages
            // A turn with calls would have to begin with the thinking before them, whose signature only the provider can make.
            ? Append(protocol, body, answer.Text, InWords(answer, wrong))
            : Append(protocol, body, turns => AddCalls(protocol, turns, answer, wrong));

    private static string InWords(WireChoice answer, Func<WireToolCall, IReadOnlyList<SchemaViolation>> wrong)
    {
        var invalid = answer.Calls.Where(c => wrong(c).Count > 0);
        return string.Join("\n\n", invalid.Select(c => StructuredText.RepairCall(c.Name, c.Arguments, wrong(c))));
    }

    private static void AddCalls(
        WireProtocol protocol, JsonArray turns, WireChoice answer, Func<WireToolCall, IReadOnlyList<SchemaViolation>> wrong)
    {
        var chat = protocol == WireProtocol.OpenAiChat;
        var (calls, results, ids) = (new JsonArray(), new JsonArray(), new CallIds());
        foreach (var call in answer.Calls)
        {
            var id = ids.Take(call.Id);
            // Servers read arguments before a model does; what they could not read stands in the result.
            var readable = IsObject(call.Arguments);
            var arguments = readable ? call.Arguments : "{}";
            var told = wrong(call) is { Count: > 0 } violations
                ? StructuredText.RepairCall(call.Name, readable ? null : call.Arguments, violations)
                : StructuredText.NotCarriedOut;
            var named = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments };
            calls.Add((JsonNode)(chat
                ? new JsonObject { ["id"] = id, ["type"] = "function", ["function"] = named }
                : new JsonObject { ["type"] = "function_call", ["call_id"] = id, ["name"] = call.Name, ["arguments"] = arguments }));
            results.Add((JsonNode)(chat
                ? new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = told }
                : new JsonObject { ["type"] = "function_call_output", ["call_id"] = id, ["output"] = told }));
        }
        if (chat)
        {
            var said = answer.Text.Length > 0 ? answer.Text : null;
            turns.Add((JsonNode)new JsonObject { ["role"] = "assistant", ["content"] = said, ["tool_calls"] = calls });
        }
        foreach (var item in (chat ? [] : calls).Concat(results).ToList())
            turns.Add(item!.DeepClone());
    }

    private static bool IsObject(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[]? Append(WireProtocol protocol, ReadOnlySpan<byte> body, Action<JsonArray> add)
    {
        try
        {
            if (JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 256 }) is not JsonObject root
                || TurnsOf(protocol, root) is not { } turns)
                return null;
            add(turns);
            return Encoding.UTF8.GetBytes(root.ToJsonString(StructuredJson.Plain));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonArray? TurnsOf(WireProtocol protocol, JsonObject root)
    {
        if (protocol != WireProtocol.OpenAiResponses)
            return root["messages"] as JsonArray;
        if (root["input"] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            root["input"] = new JsonArray(Turn("user", (string)text!));
        return root["input"] as JsonArray;
    }

    private static JsonObject Turn(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
