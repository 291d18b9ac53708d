namespace Cairn.Learning;

/// <summary>
/// The share of negatives let through (x) against the share of positives found (y), for every threshold on the score, highest first; it
/// begins at (0, 0).
/// </summary>
public sealed record RocCurve(
    IReadOnlyList<double> FalsePositiveRate, IReadOnlyList<double> TruePositiveRate, IReadOnlyList<double> Thresholds)
{
    /// <summary>The area: the probability that a random positive scores above a random negative, a tie counting half.</summary>
    public double Area { get; private init; }

    /// <exception cref="BadInputException">Only one class occurs, or a score is not finite.</exception>
    public static RocCurve Of(ReadOnlySpan<int> actual, ReadOnlySpan<double> scores)
    {
        var positives = Pairs.RequireBinary("roc curve", actual, scores);
        Pairs.RequireBothClasses("roc curve", positives, actual.Length);
        double negatives = actual.Length - positives;
        var counts = ThresholdCounts.Of(actual, scores);
        var x = new double[counts.Scores.Length + 1];
        var y = new double[x.Length];
        var area = 0.0;
        for (var i = 1; i < x.Length; i++)
        {
            x[i] = counts.FalsePositives[i - 1] / negatives;
            y[i] = counts.TruePositives[i - 1] / (double)positives;
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }
        return new RocCurve(x, y, [double.PositiveInfinity, .. counts.Scores]) { Area = area };
    }

    /// <summary>The area alone, as a <see cref="Metric{TActual, TPredicted}"/>.</summary>
    public static double AreaUnder(ReadOnlySpan<int> actual, ReadOnlySpan<double> scores) => Of(actual, scores).Area;
}
