using System.Text.RegularExpressions;

namespace Cairn.Apps;

/// <summary>Lets a short follow-up ("and for ships under 100 m?") be searched together with the question before it.</summary>
internal static partial class FollowUp
{
    private const int FewTerms = 4;

    /// <returns>The text to search with: the question, or the previous one and it.</returns>
    public static string Query(string question, IReadOnlyList<ConversationTurn> history)
    {
        var previous = history.LastOrDefault(t => t.Role == "user")?.Text;
        return previous is not null && LeansOn(question) ? $"{previous} {question}" : question;
    }

    private static bool LeansOn(string question)
        => Opening().IsMatch(question) || (Terms.Of(question).Count <= FewTerms && Pronoun().IsMatch(question));

    [GeneratedRegex(@"^\s*(and|but|or|so|also|what about|how about|und|aber|et|ou|why|warum|why not)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"\b(it|its|they|them|their|that|those|these|this|he|she|him|her|there|then|one|ones|same|other|es|sie|er|dort|dann|das)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pronoun();
}
