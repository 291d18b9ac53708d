using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>The words around a schema in a prompt, and the JSON in an answer.</summary>
internal static class StructuredText
{
    private const int MostShownViolations = 10;
    private const int LongestViolation = 300;

    public static string Instructions(JsonElement schema)
        => $"Answer with one JSON value and nothing else: no explanation, no code fence. It must be valid under this JSON Schema (draft 2020-12):\n{schema.GetRawText()}";

    public static string Repair(IReadOnlyList<SchemaViolation> violations)
    {
        var text = new StringBuilder("That answer is not valid under the JSON Schema:\n");
        List(text, violations);
        return text.Append("Write the whole JSON value again, corrected, and nothing else.").ToString();
    }

    /// <param name="arguments">As the model wrote them, where they do not stand beside; null: they do.</param>
    public static string RepairCall(string tool, string? arguments, IReadOnlyList<SchemaViolation> violations)
    {
        var text = new StringBuilder($"The call of {tool} was not carried out: ");
        if (arguments is not null)
            text.Append("its arguments were ").Append(Cut(arguments)).Append("; ");
        text.Append("they are not valid under the tool's JSON Schema:\n");
        List(text, violations);
        return text.Append("Call it again with corrected arguments.").ToString();
    }

    public const string NotCarriedOut = "This call was not carried out, since one beside it was not valid. Make it again.";

    private static void List(StringBuilder text, IReadOnlyList<SchemaViolation> violations)
    {
        foreach (var violation in violations.Take(MostShownViolations))
            text.Append("- ").Append(Cut(violation.ToString())).Append('\n');
        if (violations.Count > MostShownViolations)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- and {violations.Count - MostShownViolations} more\n");
    }

    private static string Cut(string text) => text.Length <= LongestViolation ? text : text[..(LongestViolation - 3)] + "...";

    /// <summary>The JSON value in an answer: all of it, what a code fence holds, or the first object or array among other words.</summary>
    /// <returns>The answer itself when there is none: then validation says what is wrong.</returns>
    public static string FindJson(string answer)
    {
        var text = answer.Trim();
        if (ValueLength(text) == text.Length)
            return text;
        var fence = text.IndexOf("```", StringComparison.Ordinal);
        for (var start = fence < 0
            ? text.AsSpan().IndexOfAny('{', '[')
            : text.AsSpan(fence).IndexOfAny('{', '[') is var behind and >= 0 ? fence + behind : -1; start >= 0;)
        {
            if (ValueLength(text[start..]) is > 0 and var length)
                return text.Substring(start, length);
            var next = text.AsSpan(start + 1).IndexOfAny('{', '[');
            start = next < 0 || start > MostSearched ? -1 : start + 1 + next;
        }
        return text;
    }

    private const int MostSearched = 4_000;

    /// <summary>Characters of the JSON value that a text begins with; 0 when it begins with none.</summary>
    private static int ValueLength(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, isFinalBlock: true, state: default);
        try
        {
            if (!reader.Read())
                return 0;
            reader.Skip();
            return Encoding.UTF8.GetCharCount(utf8.AsSpan(0, (int)reader.BytesConsumed));
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
