namespace Cairn.Knowledge;

/// <summary>
/// Finds what a current document says in place of a superseded one: the unit that shares most of its words, numbers aside.
/// </summary>
internal static class Successor
{
    // A new version changes a figure or a clause and keeps the rest; less than this is another statement.
    private const double Shared = 0.5;

    /// <returns>The index of the unit among the candidates, or -1.</returns>
    public static int Of(EvidenceUnit superseded, IReadOnlyList<Candidate> candidates)
    {
        var words = Content(superseded);
        var (best, most) = (-1, words.Count * Shared);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Passage.Passage.Superseded || words.Count == 0)
                continue;
            var shared = Content(candidates[i].Unit).Count(words.Contains);
            if (shared > most || (best < 0 && shared >= most))
                (best, most) = (i, shared);
        }
        return best;
    }

    private static HashSet<string> Content(EvidenceUnit unit)
        => [.. unit.Words.Where(w => w.IsContent && (w.Kinds & (WordKinds.Number | WordKinds.NumberWord)) == 0).Select(w => w.Term)];
}
