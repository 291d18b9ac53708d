namespace Cairn.Learning;

/// <summary>
/// True and false positives when every row with at least a score counts as positive: one entry per distinct score, highest first.
/// </summary>
internal sealed record ThresholdCounts(double[] Scores, int[] TruePositives, int[] FalsePositives)
{
    public static ThresholdCounts Of(ReadOnlySpan<int> actual, ReadOnlySpan<double> scores)
    {
        var keys = scores.ToArray();
        var labels = actual.ToArray();
        Array.Sort(keys, labels);
        var thresholds = new List<double>();
        var hits = new List<int>();
        var misses = new List<int>();
        var (h, m) = (0, 0);
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            h += labels[i];
            m += 1 - labels[i];
            if (i > 0 && keys[i - 1] == keys[i])
                continue;
            thresholds.Add(keys[i]);
            hits.Add(h);
            misses.Add(m);
        }
        return new ThresholdCounts([.. thresholds], [.. hits], [.. misses]);
    }
}
