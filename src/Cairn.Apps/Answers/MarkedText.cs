using System.Globalization;
using System.Text;

namespace Cairn.Apps;

/// <summary>An answer as plain text, for protocols that have no place for citations: marks in the text, and a list behind it.</summary>
internal static class MarkedText
{
    private const int LongestQuote = 200;
    private const int LongestBeginning = 60;

    /// <summary>Each sentence followed by the numbers of its citations: <c>Ships book four days ahead.[1]</c>.</summary>
    public static string Of(Answer answer)
    {
        var (text, at) = (new StringBuilder(), 0);
        foreach (var sentence in answer.Sentences)
        {
            text.Append(answer.Text, at, sentence.End - at);
            at = sentence.End;
            foreach (var n in sentence.Citations)
                text.Append(CultureInfo.InvariantCulture, $"[{n}]");
        }
        return text.Append(answer.Text, at, answer.Text.Length - at).ToString();
    }

    /// <param name="sentences">Where the text went out before it could be marked: how the sentences begin that rest on each.</param>
    public static string ListOf(Answer answer, bool sentences)
    {
        var list = new StringBuilder();
        foreach (var citation in answer.Citations)
        {
            var page = citation.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $", page {number}") : "";
            list.Append(list.Length == 0 ? "\n\n" : "\n").Append(CultureInfo.InvariantCulture,
                $"[{citation.N}] {citation.Title} ({citation.Path}{page}): \"{Short(citation.Quote, LongestQuote)}\"");
            if (!sentences)
                continue;
            foreach (var sentence in answer.Sentences.Where(s => s.Citations.Contains(citation.N)))
                list.Append(CultureInfo.InvariantCulture,
                    $" for \"{Short(answer.Text[sentence.Start..sentence.End].Trim(), LongestBeginning)}\"");
        }
        return list.ToString();
    }

    private static string Short(string text, int longest)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > longest ? line[..longest] + "…" : line;
    }
}
