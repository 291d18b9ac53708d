using System.Text.RegularExpressions;

namespace Cairn.Bench;

/// <summary>
/// Shares over questions: the first quote holds a gold answer, one of at most three does, token F1 of the quotes with the best gold answer
/// (SQuAD's).
/// </summary>
internal sealed partial record AnswerFigures(double First, double Three, double F1, double Sentences)
{
    public static AnswerFigures Of(IEnumerable<(AnswerQuestion Question, IReadOnlyList<string> Quotes)> answers)
    {
        var all = answers.ToList();
        return new AnswerFigures(
            all.Average(a => a.Quotes.Count > 0 && a.Question.HeldIn(a.Quotes[0]) ? 1.0 : 0),
            all.Average(a => a.Quotes.Take(3).Any(a.Question.HeldIn) ? 1.0 : 0),
            all.Average(a => a.Quotes.Count == 0 ? 0 : a.Question.Answers.Max(g => F1Of(g, a.Quotes[0]))),
            all.Average(a => a.Quotes.Count));
    }

    private static double F1Of(string gold, string quote)
    {
        var (wanted, given) = (Tokens(gold), Tokens(quote));
        var left = wanted.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        var shared = given.Count(t => left.TryGetValue(t, out var n) && n > 0 && (left[t] = n - 1) >= 0);
        return shared == 0 ? 0 : 2.0 * shared / (wanted.Count + given.Count);
    }

    private static List<string> Tokens(string text)
        => [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value).Where(t => t is not ("a" or "an" or "the"))];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
