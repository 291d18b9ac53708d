namespace Cairn.Bench;

/// <summary>Means over questions of what the ten best passages held.</summary>
internal sealed record Quality(double Recall1, double Recall5, double Recall10, double Mrr10, double Ndcg10)
{
    /// <param name="found">Per question its ten best, as places within its set (-1: a passage of another one).</param>
    public static Quality Of(IReadOnlyList<(Question Question, IReadOnlyList<int> Found)> found)
    {
        var (r1, r5, r10, mrr, ndcg) = (0d, 0d, 0d, 0d, 0d);
        foreach (var (question, places) in found)
        {
            var ranks = Enumerable.Range(0, Math.Min(10, places.Count)).Where(r => question.Relevant.Contains(places[r])).ToList();
            r1 += Recall(question, ranks, 1);
            r5 += Recall(question, ranks, 5);
            r10 += Recall(question, ranks, 10);
            mrr += ranks.Count > 0 ? 1.0 / (ranks[0] + 1) : 0;
            ndcg += ranks.Sum(r => 1 / Math.Log2(r + 2))
                / Enumerable.Range(0, Math.Min(10, question.Relevant.Count)).Sum(r => 1 / Math.Log2(r + 2));
        }
        return new Quality(r1 / found.Count, r5 / found.Count, r10 / found.Count, mrr / found.Count, ndcg / found.Count);
    }

    public override string ToString()
        => FormattableString.Invariant(
            $"R@1 {Recall1:.000} R@5 {Recall5:.000} R@10 {Recall10:.000} MRR@10 {Mrr10:.000} nDCG@10 {Ndcg10:.000}");

    private static double Recall(Question question, List<int> ranks, int at) => (double)ranks.Count(r => r < at) / question.Relevant.Count;
}
