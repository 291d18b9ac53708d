using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.Abstractions;

/// <summary>
/// Says in words what is wrong with a text that should be JSON (RFC 8259): where, what was expected, what was found. It never repeats more
/// of the text than one character, because a body may hold a secret.
/// </summary>
public static class JsonSyntax
{
    private const int UsualDepth = 64;

    /// <summary>
    /// The first mistake as a sentence without a full stop, <c>line 1, column 9: expected a value, found '}'</c>; null for well-formed
    /// JSON.
    /// </summary>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="deepest">Objects and lists in each other, as many as whoever reads it takes.</param>
    public static string? Mistake(ReadOnlySpan<byte> text, int deepest = UsualDepth)
    {
        if (!Utf8.IsValid(text))
            return $"{Place(text, FirstBroken(text))}: the text is not UTF-8";
        text = WithoutMark(text);
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = deepest });
        var open = new Stack<int>();
        // Read once more than it succeeds, the reader's own place is somewhere in what it could not read.
        var (last, consumed) = (JsonTokenType.None, 0);
        try
        {
            while (reader.Read())
            {
                (last, consumed) = (reader.TokenType, (int)reader.BytesConsumed);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push((int)reader.TokenStartIndex);
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    open.Pop();
            }
            return null;
        }
        catch (JsonException e)
        {
            return Describe(text, open, last, consumed, OffsetOf(text, e), deepest);
        }
    }

    /// <summary><c>line 1, column 9</c>, counted from 1; columns in characters.</summary>
    public static string Place(ReadOnlySpan<byte> text, int offset)
    {
        text = WithoutMark(text);
        var before = text[..Math.Min(offset, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static string Describe(ReadOnlySpan<byte> text, Stack<int> open, JsonTokenType last, int consumed, int wrong,
        int deepest)
    {
        var (start, comma) = Next(text, consumed, last);
        wrong = Math.Max(wrong, start);
        if (start >= text.Length)
            return $"{Place(text, text.Length)}: {Ended(text, open)}";
        var inObject = open.Count > 0 && text[open.Peek()] == (byte)'{';
        var names = inObject && last != JsonTokenType.PropertyName;
        if (open.Count >= deepest && text[start] is (byte)'{' or (byte)'[')
            return $"{Place(text, start)}: nested deeper than {deepest} levels";
        if (text[start] == (byte)'"' && (comma || !Follows(last)))
        {
            var end = EndOfText(text, start);
            if (end < 0 && wrong >= text.Length)
                return $"{Place(text, start)}: the text that begins here has no closing '\"'";
            if (end < 0 || wrong < end)
                return InText(text, wrong);
            if (names)
                return $"{Place(text, wrong)}: expected ':' after the name, found {Found(text, wrong)}";
        }
        var number = text[start] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        if (number && wrong >= text.Length && open.Count > 0)
            return $"{Place(text, text.Length)}: {Ended(text, open)}";
        var expected = (open.Count, names, inObject, Follows(last) && !comma) switch
        {
            (0, _, _, true) => "nothing behind the value",
            (0, _, _, false) => "a value",
            (_, true, _, true) => "',' or '}'",
            (_, true, _, false) => "a name in double quotes" + (last == JsonTokenType.StartObject ? " or '}'" : ""),
            (_, _, false, true) => "',' or ']'",
            (_, _, false, false) when last == JsonTokenType.StartArray => "a value or ']'",
            _ => "a value",
        };
        return number && expected.StartsWith("a value", StringComparison.Ordinal)
            ? $"{Place(text, wrong)}: expected a number like 12 or -1.5, found {Found(text, wrong)}"
            : $"{Place(text, start)}: expected {expected}, found {Found(text, start)}";
    }

    /// <summary>Where the next token begins, and whether a comma stands before it that belongs there.</summary>
    private static (int Start, bool Comma) Next(ReadOnlySpan<byte> text, int at, JsonTokenType last)
    {
        at = SkipSpace(text, at);
        if (!Follows(last) || at >= text.Length || text[at] != (byte)',')
            return (at, false);
        return (SkipSpace(text, at + 1), true);
    }

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
        return at;
    }

    /// <summary>A value has just ended.</summary>
    private static bool Follows(JsonTokenType last)
        => last is not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private static string Ended(ReadOnlySpan<byte> text, Stack<int> open)
        => open.Count == 0 ? "expected a value, found the end"
            : text[open.Peek()] == (byte)'{' ? $"the end comes before the '}}' of the object that begins at {Place(text, open.Peek())}"
            : $"the end comes before the ']' of the list that begins at {Place(text, open.Peek())}";

    private static string InText(ReadOnlySpan<byte> text, int at)
        => at < text.Length && text[at] < 0x20
            ? $"{Place(text, at)}: a line break or control character inside a text is written as an escape, like \\n"
            : $"{Place(text, at)}: inside a text '\\' is followed by one of \" \\ / b f n r t, or by u and four hexadecimal digits";

    /// <returns>The index behind the closing quote; -1 without one.</returns>
    private static int EndOfText(ReadOnlySpan<byte> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'"')
                return i + 1;
            if (text[i] == (byte)'\\')
                i++;
        }
        return -1;
    }

    private static string Found(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
            return "the end";
        Rune.DecodeFromUtf8(text[at..], out var rune, out _);
        return Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)
            ? string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4}")
            : $"'{rune}'";
    }

    private static int OffsetOf(ReadOnlySpan<byte> text, JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0 && text[offset..].IndexOf((byte)'\n') is >= 0 and var end; line--)
            offset += end + 1;
        return (int)Math.Min(offset + (e.BytePositionInLine ?? 0), text.Length);
    }

    private static int FirstBroken(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
