namespace Cairn.Learning;

/// <param name="Quantiles">At 0, ¼, ½, ¾ and 1, between neighbours by their distance; NaN for what is no number.</param>
internal sealed record ColumnSummary(int Count, int Missing, int Distinct, double Mean, double Std, double[] Quantiles)
{
    public static ColumnSummary Of(Frame frame, string name)
    {
        var column = frame[name];
        var keys = column.ToKeys();
        var missing = column.MissingCount;
        var distinct = keys.First.Count(row => !column.IsMissing(row));
        if (column is TextColumn or DateColumn)
            return new(column.Length - missing, missing, distinct, double.NaN, double.NaN,
                [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]);
        var values = frame.Numbers(name).ToArray().Where(v => !double.IsNaN(v)).Order().ToArray();
        var mean = values.Length == 0 ? double.NaN : values.Average();
        var std = values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return new(values.Length, missing, distinct, mean, std, [.. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(q => Quantile(values, q))]);
    }

    private static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
