namespace Cairn.Learning;

/// <summary>Recall (x) against precision (y) for every threshold on the score, highest first; it begins at recall 0, precision 1.</summary>
public sealed record PrecisionRecallCurve(IReadOnlyList<double> Recall, IReadOnlyList<double> Precision, IReadOnlyList<double> Thresholds)
{
    /// <summary>The mean precision, each threshold weighted by the recall that it adds: the area without interpolation.</summary>
    public double AveragePrecision { get; private init; }

    /// <exception cref="BadInputException">No row is positive, or a score is not finite.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<int> actual, ReadOnlySpan<double> scores)
    {
        var positives = Pairs.RequireBinary("precision-recall curve", actual, scores);
        if (positives == 0)
            throw new BadInputException($"precision-recall curve: none of the {actual.Length} rows is of class 1.");
        var counts = ThresholdCounts.Of(actual, scores);
        var recall = new double[counts.Scores.Length + 1];
        var precision = new double[recall.Length];
        precision[0] = 1;
        var area = 0.0;
        for (var i = 1; i < recall.Length; i++)
        {
            recall[i] = counts.TruePositives[i - 1] / (double)positives;
            precision[i] = counts.TruePositives[i - 1] / (double)(counts.TruePositives[i - 1] + counts.FalsePositives[i - 1]);
            area += (recall[i] - recall[i - 1]) * precision[i];
        }
        return new PrecisionRecallCurve(recall, precision, [double.PositiveInfinity, .. counts.Scores]) { AveragePrecision = area };
    }

    /// <summary>The average precision alone, as a <see cref="Metric{TActual, TPredicted}"/>.</summary>
    public static double AreaUnder(ReadOnlySpan<int> actual, ReadOnlySpan<double> scores) => Of(actual, scores).AveragePrecision;
}
