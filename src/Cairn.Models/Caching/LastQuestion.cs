using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// What the user said last in a chat's body, where that is one text: all that a cache compares by meaning. The rest of the body has to be
/// equal.
/// </summary>
/// <param name="Text">What is embedded.</param>
/// <param name="At">The text's JSON in the body, quotes included.</param>
internal readonly record struct LastQuestion(string Text, Range At)
{
    /// <summary>Longer texts are no questions, and embedding models cut them.</summary>
    private const int Longest = 8_000;

    /// <returns>null for a call that has tools, refers to what the provider keeps, or ends with anything but one text of a user.</returns>
    public static LastQuestion? Find(WireProtocol protocol, RequestHead head, ReadOnlySpan<byte> body)
    {
        if (head.Tools || head.Refers || protocol is WireProtocol.OpenAiEmbeddings or WireProtocol.AnthropicCountTokens)
            return null;
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(body[start..], new JsonReaderOptions { MaxDepth = 256 });
        var responses = protocol == WireProtocol.OpenAiResponses;
        LastQuestion? found = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var turns = reader.ValueTextEquals(responses ? "input"u8 : "messages"u8);
            reader.Read();
            if (turns && responses && reader.TokenType == JsonTokenType.String)
                found = TextAt(ref reader, start);
            else if (turns && reader.TokenType == JsonTokenType.StartArray)
            {
                found = null;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    found = ReadTurn(ref reader, start);
            }
            else
                reader.Skip();
        }
        return found is { Text.Length: > 0 and <= Longest } ? found : null;
    }

    /// <summary>The body with an empty text in its place: equal for calls that differ in the question only.</summary>
    public byte[] Blank(ReadOnlySpan<byte> body) => [.. body[..At.Start], (byte)'"', (byte)'"', .. body[At.End..]];

    private static LastQuestion? ReadTurn(ref Utf8JsonReader reader, int start)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        var user = false;
        LastQuestion? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (role, content) = (reader.ValueTextEquals("role"u8), reader.ValueTextEquals("content"u8));
            reader.Read();
            if (role)
                user = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("user"u8);
            if (content)
                text = ReadContent(ref reader, start);
            else
                reader.Skip();
        }
        return user ? text : null;
    }

    private static LastQuestion? ReadContent(ref Utf8JsonReader reader, int start)
    {
        if (reader.TokenType == JsonTokenType.String)
            return TextAt(ref reader, start);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        var (parts, text) = (0, default(LastQuestion?));
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; parts++)
            text = ReadPart(ref reader, start);
        return parts == 1 ? text : null;
    }

    private static LastQuestion? ReadPart(ref Utf8JsonReader reader, int start)
    {
        LastQuestion? text = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String)
                text = TextAt(ref reader, start);
            else
                reader.Skip();
        }
        return text;
    }

    private static LastQuestion TextAt(ref Utf8JsonReader reader, int start)
        => new(reader.GetString()!, (start + (int)reader.TokenStartIndex)..(start + (int)reader.BytesConsumed));
}
