namespace Cairn.Knowledge;

/// <summary>How much of the question's wording, beyond its words, a unit keeps.</summary>
internal static class TermPairs
{
    /// <summary>
    /// Neighbours in the question that are neighbours in the unit, in this order, function words aside: a share of the weight of all the
    /// question's pairs.
    /// </summary>
    public static double Adjacent(Question question, EvidenceUnit unit)
    {
        if (question.Terms.Length < 2)
            return 0;
        var found = 0UL;
        var before = -1;
        foreach (var word in unit.Words)
        {
            if (!word.IsContent)
                continue;
            if (before >= 0 && word.Asked == before + 1)
                found |= 1UL << before;
            before = word.Asked;
        }
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i + 1 < question.Terms.Length; i++)
        {
            var weight = question.Terms[i].Weight + question.Terms[i + 1].Weight;
            total += weight;
            sum += (found >> i & 1) != 0 ? weight : 0;
        }
        return sum / total;
    }
}
