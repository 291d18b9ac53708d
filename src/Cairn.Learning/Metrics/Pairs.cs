namespace Cairn.Learning;

/// <summary>What every metric asks of its two columns.</summary>
internal static class Pairs
{
    public static void Require(string metric, int actual, int predicted)
    {
        if (actual != predicted)
            throw new ShapeException(metric, $"{actual} actual values stand against {predicted} predicted ones");
        if (actual == 0)
            throw new BadInputException($"{metric}: there are no values to compare.");
    }

    public static void RequireFinite(string metric, string column, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw BadInputException.NotFinite(metric, column, i, values[i]);
        }
    }

    /// <summary>Checks scores against actual classes 0 and 1, both present; the number of ones.</summary>
    public static int RequireBinary(string metric, ReadOnlySpan<int> actual, ReadOnlySpan<double> scores)
    {
        Require(metric, actual.Length, scores.Length);
        RequireFinite(metric, "scores", scores);
        var positives = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            positives += actual[i] is 0 or 1
                ? actual[i]
                : throw new BadInputException(
                    $"{metric}: row {i} has the class {actual[i]}; classes are 0 (negative) and 1 (positive).") { Row = i };
        }
        return positives;
    }

    public static void RequireBothClasses(string metric, int positives, int count)
    {
        if (positives == 0 || positives == count)
            throw new BadInputException($"{metric}: all {count} rows are of class {(positives == 0 ? 0 : 1)}; it needs both classes.");
    }
}
