namespace Cairn.Learning;

/// <summary>Figures over predicted numbers.</summary>
public static class RegressionMetrics
{
    /// <summary>
    /// One minus the squared error over that of the mean. Where all actual values are equal: 1 if every prediction is right, else 0.
    /// </summary>
    public static double R2(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        var squared = MeanSquared("r2", actual, predicted);
        var mean = 0.0;
        foreach (var value in actual)
            mean += value / actual.Length;
        var spread = 0.0;
        foreach (var value in actual)
            spread += (value - mean) * (value - mean) / actual.Length;
        // The mean of equal values may be off by rounding: their spread alone does not tell.
        if (spread == 0 || !actual.ContainsAnyExcept(actual[0]))
            return squared == 0 ? 1 : 0;
        return 1 - (squared / spread);
    }

    /// <summary>The mean absolute error, in the target's unit.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        Require("mean absolute error", actual, predicted);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
            sum += Math.Abs(actual[i] - predicted[i]);
        return sum / actual.Length;
    }

    /// <summary>The root of the mean squared error, in the target's unit.</summary>
    public static double RootMeanSquaredError(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
        => Math.Sqrt(MeanSquared("root mean squared error", actual, predicted));

    private static double MeanSquared(string metric, ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        Require(metric, actual, predicted);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
            sum += (actual[i] - predicted[i]) * (actual[i] - predicted[i]);
        return sum / actual.Length;
    }

    private static void Require(string metric, ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        Pairs.Require(metric, actual.Length, predicted.Length);
        Pairs.RequireFinite(metric, "actual", actual);
        Pairs.RequireFinite(metric, "predicted", predicted);
    }
}
