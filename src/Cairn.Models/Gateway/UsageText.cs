using System.Text.Json;

namespace Cairn.Models;

/// <summary>Reads the token counts that a reply's bytes carry, in the names of each protocol.</summary>
internal static class UsageText
{
    /// <summary>
    /// Adds what a JSON object says of usage: its field <c>usage</c>, or that of <c>message</c> or <c>response</c> inside it.
    /// </summary>
    /// <exception cref="JsonException">The text is not one JSON object.</exception>
    public static bool Read(ReadOnlySpan<byte> json, ref CallUsage usage)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("not an object");
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var holds = reader.ValueTextEquals("usage"u8)
                ? 1
                : reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("response"u8) ? 2 : 0;
            reader.Read();
            if (holds > 0 && reader.TokenType == JsonTokenType.StartObject)
                found |= holds == 1 ? ReadUsage(ref reader, ref usage) : ReadInner(ref reader, ref usage);
            else
                reader.Skip();
        }
        if (reader.Read())
            throw new JsonException("more than one object");
        return found;
    }

    private static bool ReadInner(ref Utf8JsonReader reader, ref CallUsage usage)
    {
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var holds = reader.ValueTextEquals("usage"u8);
            reader.Read();
            if (holds && reader.TokenType == JsonTokenType.StartObject)
                found |= ReadUsage(ref reader, ref usage);
            else
                reader.Skip();
        }
        return found;
    }

    private static bool ReadUsage(ref Utf8JsonReader reader, ref CallUsage usage)
    {
        // OpenAI counts cached input within the input, Anthropic beside it.
        long? input = null, output = null, cached = null, read = null, written = null, reasoning = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
                input = Number(ref reader) ?? input;
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
                output = Number(ref reader) ?? output;
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
                read = Number(ref reader) ?? read;
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
                written = Number(ref reader) ?? written;
            else if (reader.ValueTextEquals("prompt_tokens_details"u8) || reader.ValueTextEquals("input_tokens_details"u8))
                cached = Detail(ref reader, "cached_tokens"u8) ?? cached;
            else if (reader.ValueTextEquals("completion_tokens_details"u8) || reader.ValueTextEquals("output_tokens_details"u8))
                reasoning = Detail(ref reader, "reasoning_tokens"u8) ?? reasoning;
            else
                SkipValue(ref reader);
        }
        if (input is null && output is null)
            return false;
        // An Anthropic stream tells input at its start and output at its end, each time with all that it knows.
        var beside = (read ?? 0) + (written ?? 0);
        usage = new(
            input is { } i ? i + beside : usage.Input,
            cached ?? read ?? usage.CacheRead,
            written ?? usage.CacheWrite,
            output ?? usage.Output,
            reasoning ?? usage.Reasoning);
        return true;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= 0)
            return value;
        reader.Skip();
        return null;
    }

    private static long? Detail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        long? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                found = Number(ref reader);
            else
                SkipValue(ref reader);
        }
        return found;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
