using System.Text;
using System.Text.Json;

namespace Cairn.Cli;

/// <summary>An answer as plain text: each sentence followed by the numbers of its citations.</summary>
internal static class AnswerText
{
    public static string WithMarkers(JsonElement answer)
    {
        var text = answer.GetProperty("answer").GetString()!;
        var result = new StringBuilder();
        var at = 0;
        foreach (var sentence in answer.GetProperty("sentences").EnumerateArray())
        {
            var end = sentence.GetProperty("end").GetInt32();
            result.Append(text, at, end - at);
            at = end;
            foreach (var n in sentence.GetProperty("citations").EnumerateArray())
                result.Append('[').Append(n.GetInt32()).Append(']');
            if (sentence.TryGetProperty("supported", out var supported) && !supported.GetBoolean())
                result.Append(" (not supported by the documents)");
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    public static string Line(JsonElement citation)
    {
        var page = citation.TryGetProperty("page", out var p) && p.ValueKind == JsonValueKind.Number ? $", page {p.GetInt32()}" : "";
        var heading = citation.TryGetProperty("headingPath", out var h) && h.GetString() is { Length: > 0 } path ? $", {path}" : "";
        var quote = string.Join(' ',
            citation.GetProperty("quote").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"[{citation.GetProperty("n").GetInt32()}] {citation.GetProperty("path").GetString()}{page}{heading}{Environment.NewLine}    \"{quote}\"";
    }
}
