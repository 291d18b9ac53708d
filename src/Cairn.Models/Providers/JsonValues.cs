using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Values of tools' arguments and results, which may be JSON already or any object that Microsoft.Extensions.AI can write.</summary>
internal static class JsonValues
{
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
                break;
        }
    }

    public static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members ?? [])
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    /// <summary>A value as plain text: a string as it is, anything else as JSON.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement element => element.GetRawText(),
        _ => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
    };

    /// <summary>The members of an object; a value that is none is kept under the name <c>value</c>, so that nothing is lost.</summary>
    public static Dictionary<string, object?> Read(JsonElement arguments)
        => arguments.ValueKind switch
        {
            JsonValueKind.Object => arguments.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value.Clone(), StringComparer.Ordinal),
            JsonValueKind.Null or JsonValueKind.Undefined => [],
            _ => new(StringComparer.Ordinal) { ["value"] = arguments.Clone() },
        };
}
