namespace Cairn.Learning;

/// <summary>Figures over the order in which documents of one query are shown.</summary>
public static class RankingMetrics
{
    /// <summary>
    /// Normalised discounted cumulative gain of the <paramref name="top"/> highest scores, with gain 2^relevance - 1 and discount 1 /
    /// log2(rank + 1)
    /// (Burges et al., 2005). Ties keep the given order. 0 where nothing is relevant.
    /// </summary>
    public static double Ndcg(ReadOnlySpan<int> relevance, ReadOnlySpan<double> scores, int top = int.MaxValue)
    {
        Pairs.Require("ndcg", relevance.Length, scores.Length);
        Pairs.RequireFinite("ndcg", "scores", scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var order = Enumerable.Range(0, scores.Length).ToArray();
        var keys = scores.ToArray();
        Array.Sort(order, (a, b) => keys[b].CompareTo(keys[a]) is var c && c != 0 ? c : a.CompareTo(b));
        var ideal = relevance.ToArray();
        Array.Sort(ideal, (a, b) => b.CompareTo(a));
        var (gained, best) = (0.0, 0.0);
        for (var rank = 0; rank < Math.Min(top, order.Length); rank++)
        {
            gained += Gain(relevance[order[rank]]) * Discount(rank);
            best += Gain(ideal[rank]) * Discount(rank);
        }
        return best == 0 ? 0 : gained / best;
    }

    internal static double Gain(int relevance) => relevance is >= 0 and <= 30
        ? (1 << relevance) - 1
        : throw new BadInputException($"ndcg: a relevance is {relevance}; grades are 0 to 30.");

    internal static double Discount(int rankFromZero) => 1 / Math.Log2(rankFromZero + 2);
}
