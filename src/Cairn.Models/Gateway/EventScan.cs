using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// Reads a stream of server-sent events as its bytes pass: where whole events end, whether the reply finished or reports an error, and its
/// usage. Only events that hold one of these are parsed.
/// </summary>
internal struct EventScan
{
    private CallUsage _usage;
    private int _shortest;

    /// <summary>Events with data, as they came.</summary>
    public long Events { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The model said why it stopped, or the stream said that it is done.</summary>
    public bool Finished { get; private set; }

    /// <summary>The stream reports an error; it is the last thing in it.</summary>
    public bool Failed { get; private set; }

    /// <summary>null as long as the stream told none.</summary>
    public CallUsage? Usage { get; private set; }

    /// <summary>
    /// No more output tokens than this have passed, whatever the provider would have counted: what is more than the shortest event, and
    /// some for that.
    /// </summary>
    public readonly long OutputAtMost => Bytes - (Events * _shortest) + (Events * 4);

    /// <returns>The length of the first whole event with its blank line; 0 when there is none yet.</returns>
    public static int EventLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\n\n"u8);
        if (end >= 0)
            return end + 2;
        end = bytes.IndexOf("\r\n\r\n"u8);
        if (end >= 0)
            return end + 4;
        end = bytes.IndexOf("\r\r"u8);
        return end < 0 ? 0 : end + 2;
    }

    /// <summary>An end without the last blank line: a whole event gets its own, half of one is dropped.</summary>
    /// <param name="rest">What came behind the last blank line.</param>
    public static byte[] LastOf(ReadOnlySpan<byte> rest)
    {
        rest = rest.Trim("\r\n"u8);
        return IsWhole(rest) ? [.. rest, (byte)'\n', (byte)'\n'] : [];
    }

    /// <summary>An event with data that is JSON, or says that the stream is done.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> whole)
    {
        var at = whole.IndexOf("data:"u8);
        return at >= 0 && IsWholeData(whole[(at + 5)..].Trim(" \r\n"u8));
    }

    /// <summary>What a last event without its blank line has to hold for being one: JSON, or the word that the stream is done.</summary>
    public static bool IsWholeData(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
            return true;
        try
        {
            var reader = new Utf8JsonReader(data);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What any of the events in a piece of a stream may hold: one look at all of them costs less than one at each.</summary>
    public static EventMarks MarksIn(ReadOnlySpan<byte> piece)
        => (piece.IndexOf("\"finish_reason\""u8) >= 0 ? EventMarks.Reason : 0)
            | (IsEnd(piece) ? EventMarks.End : 0)
            | (piece.IndexOf("\"error\""u8) >= 0 ? EventMarks.Error : 0)
            | (piece.IndexOf("\"usage\""u8) >= 0 ? EventMarks.Usage : 0);

    /// <summary>Looks into one whole event.</summary>
    /// <param name="whole">With its blank line.</param>
    /// <param name="marks">What is known not to be in it need not be looked for.</param>
    public EventKind Pass(ReadOnlySpan<byte> whole, EventMarks marks = EventMarks.All)
    {
        Bytes += whole.Length;
        var at = whole.IndexOf("data:"u8);
        if (at < 0)
            return EventKind.Comment;
        var data = whole[(at + 5)..].Trim(" \r\n"u8);
        if (data.IsEmpty)
            return EventKind.Comment;
        if (data.SequenceEqual("[DONE]"u8))
        {
            Finished = true;
            return EventKind.Data;
        }
        Events++;
        _shortest = _shortest == 0 ? whole.Length : Math.Min(_shortest, whole.Length);
        Finished |= (marks.HasFlag(EventMarks.Reason) && Holds(data, "\"finish_reason\""u8))
            || (marks.HasFlag(EventMarks.End) && IsEnd(data));
        if (marks.HasFlag(EventMarks.Error) && Holds(data, "\"error\""u8) && IsError(data))
            Failed = true;
        if (!marks.HasFlag(EventMarks.Usage) || !Holds(data, "\"usage\""u8))
            return EventKind.Data;
        return ReadUsage(data) && data.IndexOf("\"choices\":[]"u8) + data.IndexOf("\"choices\": []"u8) > -2
            ? EventKind.UsageOnly
            : EventKind.Data;
    }

    private static bool IsEnd(ReadOnlySpan<byte> data)
        => data.IndexOf("\"message_stop\""u8) >= 0
            || data.IndexOf("\"response.completed\""u8) >= 0 || data.IndexOf("\"response.incomplete\""u8) >= 0;

    private bool ReadUsage(ReadOnlySpan<byte> data)
    {
        try
        {
            if (!UsageText.Read(data, ref _usage))
                return false;
            Usage = _usage;
            return true;
        }
        catch (JsonException)
        {
            // Not ours to mend: the caller gets it as it came.
            return false;
        }
    }

    /// <summary>The field is there with a value other than null. Inside a text the quotes would be escaped.</summary>
    private static bool Holds(ReadOnlySpan<byte> data, ReadOnlySpan<byte> field)
    {
        // A value may read like a field: Anthropic's and OpenAI's error events begin with "type": "error".
        for (int at; (at = data.IndexOf(field)) >= 0;)
        {
            data = data[(at + field.Length)..].TrimStart(" \t"u8);
            if (!data.IsEmpty && data[0] == ':' && !data[1..].TrimStart(" \t"u8).StartsWith("null"u8))
                return true;
        }
        return false;
    }

    private static bool IsError(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("error"u8) && reader.Read()
                    && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
                    return true;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // What is no JSON holds no error field.
        }
        return false;
    }
}
