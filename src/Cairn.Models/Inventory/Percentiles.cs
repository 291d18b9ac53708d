namespace Cairn.Models;

/// <summary>Milliseconds.</summary>
public sealed record Percentiles(double P50, double P95)
{
    internal static Percentiles? Of(Histogram histogram)
    {
        var counts = histogram.Counts;
        var all = counts.Sum();
        return all == 0 ? null : new(At(counts, all * .5), At(counts, all * .95));
    }

    /// <summary>Between the bounds of its bucket in proportion; in the last one, its lower bound.</summary>
    private static double At(long[] counts, double rank)
    {
        var below = 0d;
        for (var i = 0; i < Histogram.Bounds.Length; i++)
        {
            if (counts[i] > 0 && below + counts[i] >= rank)
            {
                var from = i == 0 ? 0 : Histogram.Bounds[i - 1];
                return 1000 * (from + ((Histogram.Bounds[i] - from) * (rank - below) / counts[i]));
            }
            below += counts[i];
        }
        return 1000 * Histogram.Bounds[^1];
    }
}
