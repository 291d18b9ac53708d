namespace Cairn.Knowledge;

/// <summary>
/// How much each searched term weighs: its inverse document frequency over what the caller sees. A function word weighs less beside content
/// words. A related term weighs its likeness of the rarer-is-heavier weight of the two, whichever is less, so that a rare relative never
/// outweighs the word that was typed.
/// </summary>
internal static class QueryWeights
{
    // Rare words of grammar are as frequent in a small corpus as its subject matter is, and say nothing.
    private const double FunctionWord = 0.3;

    // Related terms add up in the first search, where each of a word's relatives counts; beyond this share they crowd out the words that
    // were typed. Which of them counts is decided by the ranking that follows (PassageRanking).
    private const double RelatedShare = 0.4;

    // Passages that related terms may bring up together: all of a small corpus's, in a large one those of the rare terms, since frequent
    // ones cost much time and say little.
    private const int MostRelatedPassages = 20_000;

    public static uint[] Of(LexicalQuery query, int passages, ReadOnlySpan<int> found)
    {
        var weights = new uint[query.Searched.Count];
        var own = new uint[query.Terms.Count];
        for (var t = 0; t < weights.Length; t++)
        {
            var searched = query.Searched[t];
            var term = query.Terms[searched.Of];
            var weight = Bm25.Weight(passages, found[t], term.Repeats);
            if (t < own.Length)
            {
                own[t] = weight;
                weights[t] = term.IsFunctionWord && query.HasContent ? (uint)(weight * FunctionWord) : weight;
            }
            else
            {
                weights[t] = (uint)(Math.Min(weight, own[searched.Of]) * searched.Likeness);
            }
        }
        return weights;
    }

    /// <summary>The weights for the first search; a related term of weight 0 is not searched for.</summary>
    public static uint[] ForFirstSearch(LexicalQuery query, uint[] weights, ReadOnlySpan<int> found)
    {
        var first = weights[..];
        var related = Enumerable.Range(query.Terms.Count, weights.Length - query.Terms.Count).OrderByDescending(t => weights[t])
            .ThenBy(t => t);
        var left = MostRelatedPassages;
        foreach (var t in related)
        {
            first[t] = found[t] <= left ? (uint)(weights[t] * RelatedShare) : 0;
            left -= first[t] > 0 ? found[t] : 0;
        }
        return first;
    }
}
