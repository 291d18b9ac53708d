using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Values of tools' arguments and results, which may be JSON already or any object that Microsoft.Extensions.AI can write.
/// </summary>
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
        WriteMembers(json, members);
        json.WriteEndObject();
    }

    /// <summary>Into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? members)
    {
        foreach (var (name, value) in members ?? [])
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
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
            JsonValueKind.Object => Members(arguments),
            JsonValueKind.Null or JsonValueKind.Undefined => [],
            _ => new(StringComparer.Ordinal) { ["value"] = arguments.Clone() },
        };

    // A name that is there twice is no error in JSON; the last one counts, as in JavaScript.
    private static Dictionary<string, object?> Members(JsonElement value)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = member.Value.Clone();
        return members;
    }
}
