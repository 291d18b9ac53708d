namespace Cairn.Learning;

/// <summary>
/// LambdaMART's gradients (Burges, 2010): each pair of one query's documents pulls apart as strongly as exchanging the two would change
/// nDCG.
/// </summary>
internal sealed class LambdaLoss : BoostingLoss
{
    private readonly int[] relevance;
    private readonly int[][] queries;
    private readonly double[] ideals;
    private readonly int top;

    public LambdaLoss(int[] relevance, ReadOnlySpan<int> queryOf, int top)
    {
        this.relevance = relevance;
        this.top = top;
        var (distinct, positions) = Classifier.Encode(queryOf);
        var members = new List<int>[distinct.Length];
        for (var row = 0; row < positions.Length; row++)
            (members[positions[row]] ??= []).Add(row);
        queries = Array.ConvertAll(members, m => m.ToArray());
        ideals = Array.ConvertAll(queries, rows => rows.Select(r => relevance[r]).OrderDescending().Take(top)
            .Select((r, rank) => RankingMetrics.Gain(r) * RankingMetrics.Discount(rank)).Sum());
    }

    public override int Outputs => 1;

    public override double[] Baseline() => [0];

    public override void Gradients(double[][] scores, int output, Span<double> first, Span<double> second)
    {
        var (slopes, bends) = (new double[relevance.Length], new double[relevance.Length]);
        Cores.Split(queries.Length, relevance.Length > 2000, (from, to) =>
        {
            for (var q = from; q < to; q++)
                Query(queries[q], ideals[q], scores[0], slopes, bends);
        });
        slopes.CopyTo(first);
        bends.CopyTo(second);
    }

    public override double Mean(double[][] scores)
        => -queries.Average(rows => RankingMetrics.Ndcg(
            Array.ConvertAll(rows, r => relevance[r]), Array.ConvertAll(rows, r => scores[0][r]), top));

    private void Query(int[] rows, double ideal, double[] scores, double[] slopes, double[] bends)
    {
        if (ideal == 0)
            return;
        var order = rows.AsSpan().ToArray();
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]) is var c && c != 0 ? c : a.CompareTo(b));
        for (var i = 0; i < Math.Min(top, order.Length); i++)
        {
            for (var j = i + 1; j < order.Length; j++)
            {
                var (high, low) = relevance[order[i]] > relevance[order[j]] ? (order[i], order[j]) : (order[j], order[i]);
                if (relevance[high] == relevance[low])
                    continue;
                var discount = RankingMetrics.Discount(i) - (j < top ? RankingMetrics.Discount(j) : 0);
                var change = (RankingMetrics.Gain(relevance[high]) - RankingMetrics.Gain(relevance[low])) * discount / ideal;
                var pull = 1 / (1 + Math.Exp(scores[high] - scores[low]));
                slopes[high] -= pull * change;
                slopes[low] += pull * change;
                bends[high] += pull * (1 - pull) * change;
                bends[low] += pull * (1 - pull) * change;
            }
        }
    }
}
