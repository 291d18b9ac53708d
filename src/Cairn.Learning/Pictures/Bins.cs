namespace Cairn.Learning;

/// <summary>Counts values in bins of equal width.</summary>
internal static class Bins
{
    private const int Most = 60;

    /// <exception cref="BadInputException">No value is finite.</exception>
    public static (double[] Edges, double[] Counts) Count(IReadOnlyList<double> values, int? wanted)
    {
        var finite = values.Where(double.IsFinite).Order().ToArray();
        if (finite.Length == 0)
            throw new BadInputException("histogram: there is no finite value.");
        var (from, to) = (finite[0], finite[^1]);
        if (from == to)
            (from, to) = (from - 0.5, to + 0.5);
        var bins = Math.Clamp(wanted ?? Rule(finite, to - from), 1, 10_000);
        var counts = new double[bins];
        foreach (var value in finite)
            counts[Math.Min(bins - 1, (int)((value - from) / (to - from) * bins))]++;
        return ([.. Enumerable.Range(0, bins + 1).Select(i => from + (to - from) * i / bins)], counts);
    }

    /// <summary>Freedman and Diaconis (1981): a width of twice the middle half's spread over the cube root of the count.</summary>
    private static int Rule(double[] sorted, double range)
    {
        var spread = sorted[(int)(0.75 * (sorted.Length - 1))] - sorted[(int)(0.25 * (sorted.Length - 1))];
        var width = 2 * spread / Math.Cbrt(sorted.Length);
        return width > 0 ? Math.Clamp((int)Math.Ceiling(range / width), 1, Most) : (int)Math.Ceiling(Math.Log2(sorted.Length) + 1);
    }
}
