using System.Text.Json;

namespace Cairn.Models;

/// <summary>Reads what providers write beside a failing status.</summary>
internal static class ErrorBody
{
    /// <summary>
    /// <c>{"error": {"message"}}</c> (OpenAI, Anthropic, Google), <c>{"error": "text"}</c> and <c>{"message": "text"}</c> (others); null
    /// when there is none.
    /// </summary>
    public static string? MessageOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            // Google's streams wrap the object into a list.
            var root = document.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
                ? list[0]
                : document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? MessageOf(root) ?? root.Text("message") ?? root.Text("Message") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? MessageOf(JsonElement root)
    {
        if (!root.TryGetProperty("error", out var error))
            return null;
        return error.ValueKind switch
        {
            JsonValueKind.String => error.GetString(),
            JsonValueKind.Object => error.Text("message") ?? error.Text("type") ?? "an error without a message",
            _ => null,
        };
    }
}
