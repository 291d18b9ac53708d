using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// The twenty-line baseline: sentences of the top ten passages by the share of the question's idf that they hold, then by the passage's
/// rank.
/// </summary>
internal static class AnswerBaseline
{
    public static List<string> Answer(string question, Retrieval retrieval)
    {
        var weights = new Dictionary<string, double>();
        foreach (var term in retrieval.Terms)
            weights[term.Indexed] = Math.Log(1 + ((retrieval.PassagesVisible - term.Passages + 0.5) / (term.Passages + 0.5)));
        return
        [
            .. retrieval.Passages
                .SelectMany((p, rank) => Sentences.Split(p.Passage.Text).Select(s => (Text: p.Passage.Text[s.Start..s.End], Rank: rank)))
                .OrderByDescending(s => Analyzer.Analyze(s.Text).Select(t => t.Term).Distinct().Sum(t => weights.GetValueOrDefault(t)))
                .ThenBy(s => s.Rank)
                .Take(3)
                .Select(s => s.Text),
        ];
    }

    /// <summary>The share of the question's idf that the best passage holds.</summary>
    public static double Confidence(Retrieval retrieval)
        => retrieval.Passages.Length == 0
            ? 0
            : retrieval.Passages.Max(p => Analyzer.Analyze(p.Passage.Text).Select(t => t.Term).ToHashSet() is var held
                ? retrieval.Terms.Where(t => held.Contains(t.Indexed)).Sum(t => t.Weight)
                : 0);
}
