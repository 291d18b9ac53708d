namespace Cairn.Learning;

/// <summary>
/// Finds the best question about one column from its histogram: the sum of G^2 / (H + L2) over the two sides is to be greatest
/// (Chen and Guestrin, "XGBoost", 2016). G is taken in the loss's unit, so that a target in another unit asks the same questions.
/// </summary>
internal sealed class SplitSearch(FixedGradients gradients, double unit, int minRows, double l2)
{
    private const double LeastSecond = 1e-3;
    private const double LeastGain = 1e-7;

    public BoostedSplit Find(ColumnBins bins, int column, ReadOnlySpan<long> histogram, long first, long second)
        => bins.IsCategorical ? FindCategories(bins, column, histogram, first, second) : FindNumber(bins, column, histogram, first, second);

    private BoostedSplit FindNumber(ColumnBins bins, int column, ReadOnlySpan<long> histogram, long first, long second)
    {
        var missingFirst = histogram[2 * ColumnBins.Missing];
        var missingSecond = histogram[(2 * ColumnBins.Missing) + 1];
        var best = Scan(histogram, bins.Count, first, second, 0, 0);
        if (missingSecond == 0)
            return best.Gain > 0 ? Made(best, gradients.Count(best.Second) > gradients.Count(second - best.Second)) : default;
        var withMissing = Scan(histogram, bins.Count, first, second, missingFirst, missingSecond);
        return Math.Max(best.Gain, withMissing.Gain) <= 0 ? default
            : Made(withMissing.Gain > best.Gain ? withMissing : best, withMissing.Gain > best.Gain);

        BoostedSplit Made((double Gain, int Bin, long First, long Second) found, bool missingLeft)
            => new(found.Gain, column, found.Bin, missingLeft, null, found.First, found.Second);
    }

    /// <summary>
    /// Bins from the lowest up go left, after a start (what is missing, or nothing). The last bin alone on the left parts present from
    /// missing.
    /// </summary>
    private (double Gain, int Bin, long First, long Second) Scan(
        ReadOnlySpan<long> histogram, int bins, long first, long second, long leftFirst, long leftSecond)
    {
        var (firstScale, secondScale, bits) = gradients.Scales;
        firstScale /= unit;
        var mask = (1L << bits) - 1;
        var rows = second & mask;
        var whole = Score(first * firstScale, (second >> bits) * secondScale);
        var (bestScore, bestBin, bestFirst, bestSecond) = (whole + LeastGain, -1, 0L, 0L);
        for (var bin = 0; bin < bins; bin++)
        {
            leftFirst += histogram[2 * bin];
            leftSecond += histogram[(2 * bin) + 1];
            var leftRows = leftSecond & mask;
            if (leftRows < minRows)
                continue;
            if (rows - leftRows < minRows)
                break;
            var hl = (leftSecond >> bits) * secondScale;
            var hr = ((second - leftSecond) >> bits) * secondScale;
            if (hl < LeastSecond || hr < LeastSecond)
                continue;
            var gl = leftFirst * firstScale;
            var gr = (first - leftFirst) * firstScale;
            hl += l2;
            hr += l2;
            // One division for both sides.
            var score = ((gl * gl * hr) + (gr * gr * hl)) / (hl * hr);
            if (score > bestScore)
                (bestScore, bestBin, bestFirst, bestSecond) = (score, bin, leftFirst, leftSecond);
        }
        return bestBin < 0 ? (0, -1, 0, 0) : (bestScore - whole, bestBin, bestFirst, bestSecond);
    }

    /// <summary>Categories in order of their mean gradient, cut once (Fisher, 1958), at most half of them left, from either end; rare ones
    /// and the missing stay right, with the many.</summary>
    private BoostedSplit FindCategories(ColumnBins bins, int column, ReadOnlySpan<long> histogram, long first, long second)
    {
        const double Smoothing = 10;
        var keys = new List<(double Mean, int Bin)>();
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var word = histogram[(2 * bin) + 1];
            if (gradients.Count(word) >= Math.Min(Smoothing, minRows))
                keys.Add((gradients.First(histogram[2 * bin]) / (gradients.Second(word) + Smoothing), bin));
        }
        keys.Sort();
        var ordered = new long[keys.Count * 2];
        (double Gain, int Cut, long First, long Second) best = (0, -1, 0, 0);
        var fromTop = false;
        for (var end = 0; end < 2; end++)
        {
            for (var i = 0; i < keys.Count; i++)
                histogram.Slice(2 * keys[i].Bin, 2).CopyTo(ordered.AsSpan(2 * i));
            var found = Scan(ordered, (keys.Count + 1) / 2, first, second, 0, 0);
            if (found.Gain > best.Gain)
                (best, fromTop) = (found, end == 1);
            keys.Reverse();
        }
        if (best.Cut < 0)
            return default;
        if (fromTop)
            keys.Reverse();
        var left = new ulong[4];
        for (var i = 0; i <= best.Cut; i++)
            left[keys[i].Bin >> 6] |= 1UL << (keys[i].Bin & 63);
        return new BoostedSplit(best.Gain, column, -1, false, left, best.First, best.Second);
    }

    private double Score(double g, double h) => h + l2 <= 0 ? 0 : g * g / (h + l2);
}
