namespace Cairn.Learning;

/// <summary>Numbers: the sum over sides of the squared sum of targets over the side's weight is to be greatest (least variance).</summary>
internal sealed class VarianceCriterion(double[] targets, int[] weights) : GrowthCriterion
{
    private readonly double[] sums = new double[256];
    private readonly int[] counts = new int[256];
    private readonly int[] touched = new int[256];
    private double[] slots = new double[1024];
    private int[] slotWeights = new int[1024];
    private double sum;
    private double mean;
    private int total;

    public override int Outputs => 1;

    public override (double Rows, bool IsPure) Enter(ReadOnlySpan<int> rows)
    {
        if (slots.Length < rows.Length)
        {
            slots = new double[rows.Length];
            slotWeights = new int[rows.Length];
        }
        (sum, total) = (0, 0);
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < rows.Length; i++)
        {
            var (target, weight) = (targets[rows[i]], weights[rows[i]]);
            slots[i] = target * weight;
            slotWeights[i] = weight;
            sum += target * weight;
            total += weight;
            least = Math.Min(least, target);
            greatest = Math.Max(greatest, target);
        }
        mean = sum / total;
        // Sums around the mean: squares of large targets would drown small differences.
        for (var i = 0; i < rows.Length; i++)
            slots[i] -= mean * slotWeights[i];
        return (total, least == greatest);
    }

    public override void Values(Span<double> values) => values[0] = mean;

    public override GrownSplit Find(byte[] bins, ReadOnlySpan<int> rows, int minRows)
    {
        var marks = default(TouchedBins);
        for (var i = 0; i < rows.Length; i++)
        {
            int bin = bins[rows[i]];
            sums[bin] += slots[i];
            counts[bin] += slotWeights[i];
            marks[bin >> 6] |= 1UL << (bin & 63);
        }
        var count = marks.List(touched);
        var used = touched.AsSpan(0, count);
        var best = new GrownSplit(count < 2 ? -1 : 0, -1, -1, false);
        if (count >= 2)
        {
            var hasMissing = used[^1] == ColumnBins.Missing;
            best = Scan(hasMissing ? used[..^1] : used, minRows, false, hasMissing);
            if (hasMissing && Scan(used[..^1], minRows, true, true) is var other && other.Gain > best.Gain)
                best = other;
        }
        foreach (var bin in used)
            (sums[bin], counts[bin]) = (0, 0);
        return best;
    }

    private GrownSplit Scan(ReadOnlySpan<int> used, int minRows, bool missingLeft, bool hasMissing)
    {
        var leftSum = missingLeft ? sums[ColumnBins.Missing] : 0;
        var leftCount = missingLeft ? counts[ColumnBins.Missing] : 0;
        var best = new GrownSplit(0, -1, -1, missingLeft);
        var cuts = hasMissing && !missingLeft ? used.Length : used.Length - 1;
        for (var i = 0; i < cuts; i++)
        {
            leftSum += sums[used[i]];
            leftCount += counts[used[i]];
            double rightCount = total - leftCount;
            if (leftCount < minRows)
                continue;
            if (rightCount < minRows)
                break;
            // Targets are around the mean, so both sides' sums are each other's negative.
            var score = leftSum * leftSum * ((1.0 / leftCount) + (1.0 / rightCount));
            if (score > best.Gain)
                best = new GrownSplit(score, used[i], i + 1 < used.Length ? used[i + 1] : -1, missingLeft);
        }
        return best;
    }
}
