using System.Buffers;
using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>
/// Finds the question itself in a text: an example in a README, a mail that asked the same. It holds every word that was asked for, ranks
/// before every answer, and answers nothing.
/// </summary>
internal static class RepeatedQuestion
{
    // Three words ("crane lease notice") may well open the sentence that answers.
    private const int FewestWords = 4;

    private static readonly SearchValues<char> ClosingQuotes = SearchValues.Create("\"'`”’“‘»«›‹");

    /// <summary>
    /// All the question's words stand here side by side and are a question here too: a question mark follows, or they open with a question
    /// word and end the text or a quotation. What goes on behind them ("How to open the gate: press …") may answer.
    /// </summary>
    /// <param name="question">What was asked.</param>
    /// <param name="asked">The mask of the question's terms that the text holds.</param>
    /// <param name="text">A unit's text.</param>
    /// <param name="words">Its words.</param>
    public static bool IsIn(Question question, ulong asked, string text, ImmutableArray<EvidenceWord> words)
    {
        if (asked != question.All || question.Words.Length < FewestWords)
            return false;
        for (var at = 0; at + question.Words.Length <= words.Length; at++)
        {
            if (RunsFrom(at, question.Words, words) && IsAsked(question, text, words, at + question.Words.Length - 1))
                return true;
        }
        return false;
    }

    private static bool RunsFrom(int at, ImmutableArray<string> run, ImmutableArray<EvidenceWord> words)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (words[at + i].Term != run[i])
                return false;
        }
        return true;
    }

    private static bool IsAsked(Question question, string text, ImmutableArray<EvidenceWord> words, int last)
    {
        var rest = text.AsSpan(words[last].End);
        return rest.TrimStart().StartsWith('?')
            || (question.OpensByAsking && (rest.IsEmpty || last == words.Length - 1 || ClosingQuotes.Contains(rest[0])));
    }
}
