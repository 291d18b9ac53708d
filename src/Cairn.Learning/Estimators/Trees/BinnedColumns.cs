namespace Cairn.Learning;

/// <summary>Features as trees look at them: column after column, each value as the number of its bin.</summary>
internal sealed class BinnedColumns
{
    private BinnedColumns(ColumnBins[] columns, byte[][] bins, int rows)
    {
        Columns = columns;
        Bins = bins;
        Rows = rows;
    }

    public ColumnBins[] Columns { get; }

    /// <summary>By column, then row.</summary>
    public byte[][] Bins { get; }

    public int Rows { get; }

    public static BinnedColumns Of(Features features, int maxBins, long seed, IReadOnlyCollection<int>? categorical = null)
    {
        if (maxBins is < 2 or > ColumnBins.Missing)
            throw new ArgumentOutOfRangeException(nameof(maxBins), maxBins, $"Bins are 2 to {ColumnBins.Missing}.");
        var matrix = features.Dense;
        var columns = new ColumnBins[features.Columns];
        var bins = new byte[features.Columns][];
        // Not in parallel: what is wrong with a column is thrown as it is.
        foreach (var column in categorical ?? [])
            columns[column] = ColumnBins.OfCategories(Column(column, new double[features.Rows]), features.NameOf(column));
        Cores.Split(features.Columns, features.Rows > 1_000, (low, high) =>
        {
            // Each thread's room is used for column after column: a copy of every column at once would be as large as the table.
            var (values, sample) = (new double[features.Rows], new double[Math.Min(features.Rows, ColumnBins.MaxSample)]);
            for (var column = low; column < high; column++)
            {
                Column(column, values);
                columns[column] ??= ColumnBins.Of(values, maxBins, new Seeded(seed + column), sample);
                bins[column] = new byte[values.Length];
                columns[column].Assign(values, bins[column]);
            }
        });
        return new BinnedColumns(columns, bins, features.Rows);

        double[] Column(int column, double[] into)
        {
            var numbers = matrix.Span;
            for (var row = 0; row < into.Length; row++)
                into[row] = numbers[(row * columns.Length) + column];
            return into;
        }
    }
}
