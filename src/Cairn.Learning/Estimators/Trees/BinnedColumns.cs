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
            columns[column] = ColumnBins.OfCategories(Column(column), features.NameOf(column));
        Parallel.For(0, features.Columns, Cores.Options, column =>
        {
            var values = Column(column);
            columns[column] ??= ColumnBins.Of(values, maxBins, new Seeded(seed + column));
            bins[column] = new byte[values.Length];
            columns[column].Assign(values, bins[column]);
        });
        return new BinnedColumns(columns, bins, features.Rows);

        double[] Column(int column)
        {
            var values = new double[features.Rows];
            var numbers = matrix.Span;
            for (var row = 0; row < values.Length; row++)
                values[row] = numbers[(row * columns.Length) + column];
            return values;
        }
    }
}
