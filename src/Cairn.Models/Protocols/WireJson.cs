using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes bodies and events.</summary>
internal static class WireJson
{
    // Bodies are never put into a page, so letters beyond ASCII stay as they are.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, write);
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="name">The event's name; null: it has none, as with OpenAI's chat.</param>
    public static void WriteEvent(IBufferWriter<byte> output, string? name, Action<Utf8JsonWriter> write)
    {
        if (name is not null)
        {
            output.Write("event: "u8);
            output.Write(System.Text.Encoding.UTF8.GetBytes(name));
            output.Write("\n"u8);
        }
        output.Write("data: "u8);
        Write(output, write);
        output.Write("\n\n"u8);
    }

    public static string ToText(Action<Utf8JsonWriter> write) => System.Text.Encoding.UTF8.GetString(ToBytes(write));

    /// <summary>The arguments of a call as JSON text; what was no JSON object is given as it came.</summary>
    public static string Arguments(FunctionCallContent call)
        => call.AdditionalProperties?.GetValueOrDefault(CallParameters.RawArguments) as string
            ?? ToText(json => JsonValues.WriteMembers(json, call.Arguments));

    /// <summary>Writes the properties that travel with a part or a tool, such as <c>cache_control</c>.</summary>
    public static void WriteCarried(Utf8JsonWriter json, IReadOnlyDictionary<string, object?>? properties, string name)
    {
        if (properties is null || !properties.TryGetValue(name, out var value) || value is null)
            return;
        json.WritePropertyName(name);
        JsonValues.Write(json, value);
    }

    /// <summary>A tool's result as one text: texts as they are, anything else as JSON.</summary>
    public static string ResultText(object? result) => result switch
    {
        null => "",
        TextContent text => text.Text,
        IEnumerable<AIContent> parts => string.Concat(parts.OfType<TextContent>().Select(p => p.Text)),
        _ => JsonValues.Text(result),
    };
}
