using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Adds to a question's terms those that the thesaurus relates to its words and phrases, each to one term of the question.
/// </summary>
internal static class QueryExpansion
{
    // Beyond these a word's relatives are seldom meant.
    private const int MostPerWord = 20;

    /// <returns>The question's own terms in their order, then the related ones, the most alike first.</returns>
    public static IReadOnlyList<SearchedTerm> Of(
        IReadOnlyList<LexicalTerm> terms, IReadOnlyList<AnalyzedTerm> analyzed, Dictionary<string, int> places)
    {
        var related = new Dictionary<string, (int Of, double Likeness)>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Count; i++)
        {
            if (!terms[i].IsFunctionWord)
                Add(terms[i].Indexed, i);
        }
        var words = analyzed.Where(t => !t.Joined).Select(t => t.Term).ToList();
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = 2; length <= Thesaurus.MostWords && start + length <= words.Count; length++)
            {
                var phrase = words[start..(start + length)];
                if (Head(phrase) is var head and >= 0)
                    Add(string.Join(' ', phrase), head);
            }
        }
        return
        [
            .. terms.Select((t, i) => new SearchedTerm(t.Indexed, t.Bytes, i, 1)),
            .. related
                .OrderByDescending(r => r.Value.Likeness).ThenBy(r => r.Key, StringComparer.Ordinal)
                .Take(LexicalQuery.MaxSearched - terms.Count)
                .Select(r => new SearchedTerm(r.Key, Encoding.UTF8.GetBytes(r.Key), r.Value.Of, r.Value.Likeness)),
        ];

        void Add(string key, int of)
        {
            foreach (var (term, likeness) in Thesaurus.Of(key).Take(MostPerWord))
            {
                if (!places.ContainsKey(term) && (!related.TryGetValue(term, out var known) || known.Likeness < likeness))
                    related[term] = (of, likeness);
            }
        }

        // The term that a phrase's relatives belong to: its first content word, else its first word.
        int Head(List<string> phrase)
            => phrase.Select(w => places.GetValueOrDefault(w, -1)).Where(p => p >= 0).OrderBy(p => terms[p].IsFunctionWord)
                .FirstOrDefault(-1);
    }
}
