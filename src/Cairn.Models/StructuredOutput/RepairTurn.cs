using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Models;

/// <summary>A caller's own body with two turns more: what the model answered, and what is wrong with it.</summary>
internal static class RepairTurn
{
    /// <returns>null where the body cannot be read as its provider may read it: then there is no second try.</returns>
    public static byte[]? Append(WireProtocol protocol, ReadOnlySpan<byte> body, string answer, string wrong)
    {
        try
        {
            if (JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 256 }) is not JsonObject root || TurnsOf(protocol, root) is not { } turns)
                return null;
            // No protocol takes an empty turn.
            if (!string.IsNullOrWhiteSpace(answer))
                turns.Add((JsonNode)Turn("assistant", answer));
            turns.Add((JsonNode)Turn("user", wrong));
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
