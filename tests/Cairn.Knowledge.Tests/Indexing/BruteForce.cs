namespace Cairn.Knowledge.Tests;

/// <summary>
/// The ranking that the index must equal: every visible passage scored one by one, with statistics counted over just those.
/// </summary>
internal static class BruteForce
{
    public static List<(long Passage, double Score)> Search(
        IEnumerable<DocumentPassages> documents, Principal caller, string[]? sources, string question, int top)
    {
        var visible = documents
            .Where(d => d.Tenant == caller.Tenant)
            .SelectMany(d => d.Passages)
            .Where(p => p.Access.Allows(caller) && (sources is null || sources.Contains(p.Source)))
            .Select(p => (Passage: p, Terms: Frequencies(p), Length: LengthCode.Encode(Analyzer.Analyze(p.Text).Count(t => !t.Joined))))
            .ToList();
        var words = visible.Sum(p => (long)LengthCode.Decode(p.Length));
        var saturation = Bm25.Saturation(Bm25Parameters.Default, visible.Count == 0 ? 0 : (double)words / visible.Count);
        var query = LexicalQuery.Parse(question);
        int[] found = [.. query.Searched.Select(t => visible.Count(p => p.Terms.ContainsKey(t.Term)))];
        var weights = QueryWeights.ForFirstSearch(query, QueryWeights.Of(query, visible.Count, found), found);
        return
        [
            .. visible
                .Select(p => (p.Passage.Id, Score: Score(p.Passage, p.Terms, p.Length)))
                .Where(p => p.Score > 0)
                .OrderByDescending(p => p.Score).ThenBy(p => p.Id)
                .Take(top)
                .Select(p => (p.Id, (double)p.Score / Bm25.Unit)),
        ];

        int Score(Passage passage, Dictionary<string, int> terms, byte length)
        {
            var score = query.Searched
                .Select((t, i) => (t.Term, Weight: weights[i]))
                .Where(t => t.Weight > 0 && terms.ContainsKey(t.Term))
                .Sum(t => Bm25.Contribution(t.Weight, saturation[(FrequencyCode.Encode(terms[t.Term]) * 256) + length]));
            return passage.Superseded ? (int)((long)score * Bm25.SupersededShare / 256) : score;
        }
    }

    private static Dictionary<string, int> Frequencies(Passage passage)
    {
        var frequencies = new Dictionary<string, int>();
        foreach (var (text, weight) in new[] { (passage.Title, FieldWeights.Title), (passage.HeadingPath, FieldWeights.Heading),
            (passage.Text, FieldWeights.Body) })
        {
            foreach (var term in Analyzer.Analyze(text))
                frequencies[term.Term] = frequencies.GetValueOrDefault(term.Term) + weight;
        }
        return frequencies;
    }
}
