namespace Cairn.Learning;

/// <summary>
/// Classes: the sum over sides of squared class counts over the side's count is to be greatest (Gini impurity). A row's weight is how
/// often it was drawn.
/// </summary>
internal sealed class GiniCriterion(int[] labels, int[] weights, int classes) : GrowthCriterion
{
    private readonly int[] sums = new int[256 * classes];
    private readonly int[] touched = new int[256];
    private readonly int[] totals = new int[classes];
    private readonly int[] left = new int[classes];
    private int[] slots = new int[1024];
    private int[] slotWeights = new int[1024];
    private int total;
    private double wholeScore;

    public override int Outputs => classes;

    public override (double Rows, bool IsPure) Enter(ReadOnlySpan<int> rows)
    {
        if (slots.Length < rows.Length)
        {
            slots = new int[rows.Length];
            slotWeights = new int[rows.Length];
        }
        Array.Clear(totals);
        for (var i = 0; i < rows.Length; i++)
        {
            var (label, weight) = (labels[rows[i]], weights[rows[i]]);
            slots[i] = label;
            slotWeights[i] = weight;
            totals[label] += weight;
        }
        total = 0;
        long squares = 0;
        var present = 0;
        foreach (var count in totals)
        {
            total += count;
            squares += (long)count * count;
            present += count > 0 ? 1 : 0;
        }
        wholeScore = (double)squares / total;
        return (total, present == 1);
    }

    public override void Values(Span<double> values)
    {
        for (var k = 0; k < classes; k++)
            values[k] = (double)totals[k] / total;
    }

    public override GrownSplit Find(byte[] bins, ReadOnlySpan<int> rows, int minRows)
    {
        var marks = default(TouchedBins);
        for (var i = 0; i < rows.Length; i++)
        {
            int bin = bins[rows[i]];
            sums[(bin * classes) + slots[i]] += slotWeights[i];
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
            sums.AsSpan(bin * classes, classes).Clear();
        return best;
    }

    private GrownSplit Scan(ReadOnlySpan<int> used, int minRows, bool missingLeft, bool hasMissing)
    {
        long leftSquares = 0, rightSquares = 0;
        var leftCount = 0;
        Array.Clear(left);
        foreach (var count in totals)
            rightSquares += (long)count * count;
        if (missingLeft)
            Move(ColumnBins.Missing);
        var best = new GrownSplit(0, -1, -1, missingLeft);
        var cuts = hasMissing && !missingLeft ? used.Length : used.Length - 1;
        for (var i = 0; i < cuts; i++)
        {
            Move(used[i]);
            var rightCount = total - leftCount;
            if (leftCount < minRows)
                continue;
            if (rightCount < minRows)
                break;
            var score = (((double)leftSquares * rightCount) + ((double)rightSquares * leftCount)) / ((double)leftCount * rightCount);
            if (score - wholeScore > best.Gain)
                best = new GrownSplit(score - wholeScore, used[i], i + 1 < used.Length ? used[i + 1] : -1, missingLeft);
        }
        return hasMissing || best.Bin < 0 ? best : best with { MissingLeft = false };

        void Move(int bin)
        {
            var moved = sums.AsSpan(bin * classes, classes);
            for (var k = 0; k < moved.Length; k++)
            {
                var m = moved[k];
                if (m == 0)
                    continue;
                var before = left[k];
                var rest = totals[k] - before;
                leftSquares += (long)m * ((2 * before) + m);
                rightSquares -= (long)m * ((2 * rest) - m);
                left[k] = before + m;
                leftCount += m;
            }
        }
    }
}
