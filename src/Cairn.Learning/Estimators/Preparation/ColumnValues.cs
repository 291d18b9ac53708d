namespace Cairn.Learning;

/// <summary>Features by column.</summary>
internal static class ColumnValues
{
    /// <summary>The values of a column that are not missing.</summary>
    public static double[] Present(Features features, int column)
    {
        var matrix = features.Dense;
        var values = new List<double>(features.Rows);
        for (var row = 0; row < features.Rows; row++)
        {
            var value = matrix.Span[(row * features.Columns) + column];
            if (!double.IsNaN(value))
                values.Add(value);
        }
        return [.. values];
    }

    public static Features Map(Features features, Func<int, double, double> change)
    {
        var changed = NdArray.Zeros<double>(features.Rows, features.Columns);
        var (from, to) = (features.Dense, changed);
        for (var row = 0; row < features.Rows; row++)
        {
            var source = from.Row(row);
            var target = to.Row(row);
            for (var column = 0; column < target.Length; column++)
                target[column] = change(column, source[column]);
        }
        return new Features(changed, features.Names);
    }
}
