using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>
/// Finds the first place where a JSON body does not have the form of a type: which field, what was expected, what was found. It names
/// fields and kinds of values, never a value, because a body may hold a secret.
/// </summary>
internal static class JsonShape
{
    private const int LongestName = 40;

    /// <param name="body">UTF-8 that did not become a value of the type.</param>
    /// <param name="type">What the endpoint takes.</param>
    public static (string What, string Fix) Mistake(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        if (body.IsEmpty)
            return ("The request has no body.", $"Send {Sample(type)} as its body.");
        if (JsonSyntax.Mistake(body) is { } syntax)
            return ($"The body is not JSON: {syntax}.", $"Send {Sample(type)} as the body.");
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
        reader.Read();
        try
        {
            Check(ref reader, type, "", body);
        }
        catch (JsonShapeException e)
        {
            return (e.Message, e.Fix);
        }
        return ("The body does not have the form that is expected here.", $"Send {Sample(type)} as the body.");
    }

    /// <summary>Leaves the reader at the value's last token.</summary>
    private static void Check(ref Utf8JsonReader reader, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                Expect(ref reader, JsonTokenType.StartObject, type, path, body);
                CheckObject(ref reader, type, path, body);
                break;
            case JsonTypeInfoKind.Enumerable:
                Expect(ref reader, JsonTokenType.StartArray, type, path, body);
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    CheckItem(ref reader, type, $"{path}[{i}]", body);
                break;
            case JsonTypeInfoKind.Dictionary:
                Expect(ref reader, JsonTokenType.StartObject, type, path, body);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = Shown(reader.GetString()!);
                    reader.Read();
                    CheckItem(ref reader, type, Join(path, name), body);
                }
                break;
            default:
                CheckValue(ref reader, type, path, body);
                break;
        }
    }

    private static void CheckObject(ref Utf8JsonReader reader, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        var compare = type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var seen = new HashSet<JsonPropertyInfo>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (type.Properties.FirstOrDefault(p => string.Equals(p.Name, name, compare)) is not { } field)
            {
                var near = Nearest.To(name, type.Properties.Select(p => p.Name));
                throw new JsonShapeException(
                    $"There is no field '{Join(path, Shown(name))}' here ({JsonSyntax.Place(body, (int)reader.TokenStartIndex)}).",
                    near is not null ? $"Did you mean '{near}'?"
                        : type.Properties.Count == 0 ? "Leave it out: the object has no fields."
                        : $"Leave it out, or use one of: {string.Join(", ", type.Properties.Select(p => p.Name))}.");
            }
            seen.Add(field);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null || !field.IsSetNullable)
                Check(ref reader, type.Options.GetTypeInfo(field.PropertyType), Join(path, field.Name), body);
        }
        if (type.Properties.FirstOrDefault(p => p.IsRequired && !seen.Contains(p)) is { } missing)
            throw new JsonShapeException(
                $"The field '{Join(path, missing.Name)}' is missing from the object at {JsonSyntax.Place(body, start)}.",
                $"Add \"{missing.Name}\": {JsonWords.Expected(missing.PropertyType, type.Options)}.");
    }

    private static void CheckItem(ref Utf8JsonReader reader, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
        => Check(ref reader, type.Options.GetTypeInfo(type.ElementType!), path, body);

    private static void CheckValue(ref Utf8JsonReader reader, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
    {
        var at = reader;
        try
        {
            JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException)
        {
            throw Wrong(at, type, path, body);
        }
        if (at.TokenType == JsonTokenType.Null && type.Type == typeof(string))
            throw Wrong(at, type, path, body);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
    {
        if (reader.TokenType != token)
            throw Wrong(reader, type, path, body);
    }

    private static JsonShapeException Wrong(Utf8JsonReader at, JsonTypeInfo type, string path, ReadOnlySpan<byte> body)
    {
        var expected = JsonWords.Expected(type.Type, type.Options);
        var place = JsonSyntax.Place(body, (int)at.TokenStartIndex);
        var found = JsonWords.Found(at.TokenType, type.Type);
        return path.Length == 0
            ? new($"The body should be {expected}, and {found} stands at {place}.", $"Send {Sample(type)} as the body.")
            : new($"The field '{path}' should be {expected}, and {found} stands at {place}.", $"Give '{path}' {expected}.");
    }

    /// <summary>One JSON object with its fields: what the endpoint takes, in a line.</summary>
    private static string Sample(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Properties.Count == 0)
            return JsonWords.Expected(type.Type, type.Options);
        var fields = type.Properties.OrderBy(p => !p.IsRequired)
            .Select(p => $"\"{p.Name}\" ({JsonWords.Expected(p.PropertyType, type.Options)}{(p.IsRequired ? "" : ", optional")})");
        return $"a JSON object with {string.Join(", ", fields)}";
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}
