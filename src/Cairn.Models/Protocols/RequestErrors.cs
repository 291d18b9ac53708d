using System.Text.Json;

namespace Cairn.Models;

/// <summary>What is wrong with a caller's body, named by its field.</summary>
internal static class RequestErrors
{
    /// <param name="field">Where: <c>messages[0].content</c>.</param>
    /// <param name="expected">What belongs there, as the end of a sentence.</param>
    public static CairnException Invalid(string field, string expected)
        => new(ErrorKind.Input, "request.invalid", $"'{field}' should be {expected}.", "Change it in the request.");

    public static CairnException Missing(string field)
        => new(ErrorKind.Input, "request.invalid", $"'{field}' is missing.", "Add it to the request.");

    public static CairnException Unsupported(string field, string what)
        => new(ErrorKind.Input, "request.unsupported", $"unsupported parameter: '{field}' {what}.", "Change it or leave it out.");

    /// <summary>Reads a body as one JSON object.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw new CairnException(ErrorKind.Input, "request.invalid", $"The body is no JSON: {JsonSyntax.Mistake(body.Span)}.",
                "Send one JSON object.", e);
        }
        throw new CairnException(ErrorKind.Input, "request.invalid", "The body is no JSON object.", "Send one JSON object.");
    }

    public static string Text(JsonElement parent, string name, string where)
        => parent.Value(name) switch
        {
            null => throw Missing(Join(where, name)),
            { ValueKind: JsonValueKind.String } value => value.GetString()!,
            _ => throw Invalid(Join(where, name), "a text"),
        };

    public static string? OptionalText(JsonElement parent, string name, string where)
        => parent.Value(name) is null ? null : Text(parent, name, where);

    public static bool? Truth(JsonElement parent, string name) => parent.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Invalid(name, "true or false"),
    };

    public static float? Number(JsonElement parent, string name) => parent.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => value.GetSingle(),
        _ => throw Invalid(name, "a number"),
    };

    public static int? Whole(JsonElement parent, string name) => parent.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var whole) => whole,
        _ => throw Invalid(name, "a whole number"),
    };

    public static IEnumerable<JsonElement> List(JsonElement parent, string name, string where) => parent.Value(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        _ => throw Invalid(Join(where, name), "a list"),
    };

    /// <summary>A text or a list of texts.</summary>
    public static List<string>? Texts(JsonElement parent, string name) => parent.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => [value.GetString()!],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()
            .Select(s => s.ValueKind == JsonValueKind.String ? s.GetString()! : throw Invalid(name, "a list of texts"))],
        _ => throw Invalid(name, "a text or a list of texts"),
    };

    public static string Join(string where, string name) => where.Length == 0 ? name : $"{where}.{name}";
}
