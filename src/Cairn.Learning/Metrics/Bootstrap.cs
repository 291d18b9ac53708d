namespace Cairn.Learning;

/// <summary>Percentile bootstrap (Efron, 1979): rows are drawn with putting back and the metric is taken again.</summary>
public static class Bootstrap
{
    /// <summary>
    /// The metric over the rows and its interval. A drawn sample that the metric refuses (one class only) is drawn again.
    /// </summary>
    /// <exception cref="BadInputException">The metric refuses the rows themselves, or nearly every sample of them.</exception>
    public static Interval Of<TActual, TPredicted>(
        ReadOnlySpan<TActual> actual, ReadOnlySpan<TPredicted> predicted, Metric<TActual, TPredicted> metric,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        options ??= BootstrapOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Samples);
        if (options.Confidence is <= 0 or >= 1)
            throw new ArgumentException($"The confidence is {options.Confidence}; it lies between 0 and 1.", nameof(options));
        var value = metric(actual, predicted);
        var random = new Seeded(options.Seed);
        var drawnActual = new TActual[actual.Length];
        var drawnPredicted = new TPredicted[actual.Length];
        var figures = new double[options.Samples];
        var refused = 0;
        for (var sample = 0; sample < figures.Length;)
        {
            for (var i = 0; i < drawnActual.Length; i++)
            {
                var row = random.Integer(actual.Length);
                drawnActual[i] = actual[row];
                drawnPredicted[i] = predicted[row];
            }
            try
            {
                figures[sample] = metric(drawnActual, drawnPredicted);
                sample++;
            }
            catch (BadInputException) when (++refused <= 10 * options.Samples)
            {
                // One class only, say: this sample has no such figure.
            }
        }
        Array.Sort(figures);
        var tail = (1 - options.Confidence) / 2;
        return new Interval(value, Quantile(figures, tail), Quantile(figures, 1 - tail), options.Confidence);
    }

    /// <summary>A quantile of sorted values, linear between neighbours.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
