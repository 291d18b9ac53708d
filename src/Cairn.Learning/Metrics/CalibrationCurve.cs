namespace Cairn.Learning;

/// <summary>
/// Rows in bins of equal width of predicted probability: the mean prediction of each bin against the share of class 1 in it. Empty bins
/// are left out.
/// </summary>
public sealed record CalibrationCurve(IReadOnlyList<double> MeanPredicted, IReadOnlyList<double> ShareOfOnes, IReadOnlyList<int> Counts)
{
    /// <summary>The mean distance between the two, bins weighted by their rows (expected calibration error).</summary>
    public double ExpectedError
    {
        get
        {
            double total = Counts.Sum();
            return Enumerable.Range(0, Counts.Count).Sum(i => Counts[i] * Math.Abs(MeanPredicted[i] - ShareOfOnes[i])) / total;
        }
    }

    public static CalibrationCurve Of(ReadOnlySpan<int> actual, ReadOnlySpan<double> probabilityOfOne, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ProbabilityMetrics.RequireProbabilities("calibration curve", actual, probabilityOfOne);
        var predicted = new double[bins];
        var ones = new double[bins];
        var counts = new int[bins];
        for (var i = 0; i < actual.Length; i++)
        {
            var bin = Math.Min(bins - 1, (int)(probabilityOfOne[i] * bins));
            predicted[bin] += probabilityOfOne[i];
            ones[bin] += actual[i];
            counts[bin]++;
        }
        var filled = Enumerable.Range(0, bins).Where(b => counts[b] > 0).ToArray();
        return new CalibrationCurve(
            [.. filled.Select(b => predicted[b] / counts[b])],
            [.. filled.Select(b => ones[b] / counts[b])],
            [.. filled.Select(b => counts[b])]);
    }
}
