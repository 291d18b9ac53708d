namespace Cairn.Learning;

/// <summary>Figures over predicted classes. A class that was never predicted has precision 0, one that never occurs has recall 0.</summary>
public static class ClassificationMetrics
{
    /// <summary>The share of rows predicted right.</summary>
    public static double Accuracy(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        Pairs.Require("accuracy", actual.Length, predicted.Length);
        var right = 0;
        for (var i = 0; i < actual.Length; i++)
            right += actual[i] == predicted[i] ? 1 : 0;
        return (double)right / actual.Length;
    }

    /// <summary>Of the rows predicted as a class, the share that is of it.</summary>
    public static double Precision(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, Averaging averaging = Averaging.Binary)
        => Average(ConfusionMatrix.Of(actual, predicted), averaging, static (hits, _, predicted) => Ratio(hits, predicted));

    /// <summary>Of the rows that are of a class, the share predicted as it.</summary>
    public static double Recall(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, Averaging averaging = Averaging.Binary)
        => Average(ConfusionMatrix.Of(actual, predicted), averaging, static (hits, actual, _) => Ratio(hits, actual));

    /// <summary>The harmonic mean of precision and recall.</summary>
    public static double F1(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, Averaging averaging = Averaging.Binary)
        => Average(ConfusionMatrix.Of(actual, predicted), averaging,
            static (hits, actual, predicted) => Ratio(2 * hits, actual + predicted));

    private static double Average(ConfusionMatrix matrix, Averaging averaging, Func<double, double, double, double> figure)
    {
        switch (averaging)
        {
            case Averaging.Binary:
                if (matrix.Classes.Any(c => c is not (0 or 1)))
                {
                    throw new BadInputException($"The classes are {string.Join(", ", matrix.Classes.Take(5))}…; binary averaging "
                        + "needs 0 and 1. Choose Averaging.Macro, Micro or Weighted.");
                }
                var one = matrix.Classes.ToList().IndexOf(1);
                return one < 0 ? 0 : figure(matrix[one, one], matrix.Actual(one), matrix.Predicted(one));
            case Averaging.Micro:
                double hits = Enumerable.Range(0, matrix.Classes.Count).Sum(i => matrix[i, i]);
                return figure(hits, matrix.Total, matrix.Total);
            default:
                var sum = 0.0;
                var weights = 0.0;
                for (var i = 0; i < matrix.Classes.Count; i++)
                {
                    var weight = averaging == Averaging.Weighted ? matrix.Actual(i) : 1.0;
                    sum += weight * figure(matrix[i, i], matrix.Actual(i), matrix.Predicted(i));
                    weights += weight;
                }
                return sum / weights;
        }
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
