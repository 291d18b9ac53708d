namespace Cairn.Learning;

/// <summary>
/// A matrix of which only the numbers other than 0 are kept, row after row (compressed sparse rows): row r holds
/// <c>Values[Starts[r]..Starts[r + 1]]</c> at the columns <c>Indices[Starts[r]..Starts[r + 1]]</c>, ascending.
/// </summary>
public sealed class SparseMatrix
{
    private readonly int[] starts;
    private readonly int[] indices;
    private readonly double[] values;

    /// <exception cref="ShapeException">The parts do not make a matrix: a start out of order, a column out of range, not ascending, or
    /// twice in a row.</exception>
    public SparseMatrix(int columns, int[] starts, int[] indices, double[] values)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(values);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != indices.Length || indices.Length != values.Length)
            throw new ShapeException("sparse matrix",
                $"{starts.Length} starts, {indices.Length} columns and {values.Length} values do not fit together");
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row] || starts[row + 1] > indices.Length)
                throw new ShapeException("sparse matrix", $"row {row} runs from {starts[row]} to {starts[row + 1]}");
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                if ((uint)indices[i] >= (uint)columns || (i > starts[row] && indices[i] <= indices[i - 1]))
                    throw new ShapeException("sparse matrix",
                        $"row {row} has column {indices[i]} out of order or beyond {columns} columns");
            }
        }
        Columns = columns;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    public int Rows => starts.Length - 1;

    public int Columns { get; }

    public ReadOnlySpan<int> Starts => starts;

    public ReadOnlySpan<int> Indices => indices;

    public ReadOnlySpan<double> Values => values;

    internal (int[] Starts, int[] Indices, double[] Values) Parts => (starts, indices, values);

    public ReadOnlySpan<int> RowIndices(int row) => indices.AsSpan(starts[row], starts[row + 1] - starts[row]);

    public ReadOnlySpan<double> RowValues(int row) => values.AsSpan(starts[row], starts[row + 1] - starts[row]);

    public static SparseMatrix FromDense(NdArray<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (rows, columns) = (matrix.Shape[0], matrix.Shape[1]);
        var starts = new int[rows + 1];
        var indices = new List<int>();
        var values = new List<double>();
        for (var row = 0; row < rows; row++)
        {
            var numbers = matrix.Row(row);
            for (var column = 0; column < columns; column++)
            {
                if (numbers[column] == 0)
                    continue;
                indices.Add(column);
                values.Add(numbers[column]);
            }
            starts[row + 1] = indices.Count;
        }
        return new SparseMatrix(columns, starts, [.. indices], [.. values]);
    }

    /// <exception cref="InsufficientMemoryException">It would not fit.</exception>
    public NdArray<double> ToDense()
    {
        MemoryNeed.Require(
            8.0 * Rows * Columns,
            () => $"A sparse matrix of {Rows:N0} x {Columns:N0} made dense",
            "use an estimator that reads it as it is (LogisticRegression, MultinomialNaiveBayes, LatentSemantics), or fewer columns");
        var dense = NdArray.Zeros<double>(Rows, Columns);
        for (var row = 0; row < Rows; row++)
        {
            var target = dense.Row(row);
            for (var i = starts[row]; i < starts[row + 1]; i++)
                target[indices[i]] = values[i];
        }
        return dense;
    }

    /// <summary>The chosen rows, in the given order.</summary>
    public SparseMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            taken[i + 1] = taken[i] + starts[rows[i] + 1] - starts[rows[i]];
        var takenIndices = new int[taken[^1]];
        var takenValues = new double[taken[^1]];
        for (var i = 0; i < rows.Length; i++)
        {
            RowIndices(rows[i]).CopyTo(takenIndices.AsSpan(taken[i]));
            RowValues(rows[i]).CopyTo(takenValues.AsSpan(taken[i]));
        }
        return new SparseMatrix(Columns, taken, takenIndices, takenValues);
    }

    /// <summary>The columns of several matrices of equally many rows, side by side.</summary>
    public static SparseMatrix Beside(params ReadOnlySpan<SparseMatrix> parts)
    {
        var rows = parts[0].Rows;
        var count = 0;
        foreach (var part in parts)
        {
            if (part.Rows != rows)
                throw new ShapeException("beside", $"{part.Rows} rows stand beside {rows}");
            count += part.indices.Length;
        }
        var starts = new int[rows + 1];
        var indices = new int[count];
        var values = new double[count];
        var at = 0;
        var width = 0;
        for (var row = 0; row < rows; row++)
        {
            width = 0;
            foreach (var part in parts)
            {
                for (var i = part.starts[row]; i < part.starts[row + 1]; i++, at++)
                    (indices[at], values[at]) = (part.indices[i] + width, part.values[i]);
                width += part.Columns;
            }
            starts[row + 1] = at;
        }
        if (rows == 0)
        {
            foreach (var part in parts)
                width += part.Columns;
        }
        return new SparseMatrix(width, starts, indices, values);
    }

    /// <summary>The same numbers, column after column: the rows of the result are this matrix's columns.</summary>
    public SparseMatrix Transpose()
    {
        var counts = new int[Columns + 1];
        foreach (var column in indices)
            counts[column + 1]++;
        for (var i = 0; i < Columns; i++)
            counts[i + 1] += counts[i];
        var next = counts.AsSpan().ToArray();
        var rows = new int[indices.Length];
        var moved = new double[indices.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                var at = next[indices[i]]++;
                (rows[at], moved[at]) = (row, values[i]);
            }
        }
        return new SparseMatrix(Rows, counts, rows, moved);
    }

    internal int RowOf(int position)
    {
        var row = Array.BinarySearch(starts, position);
        row = row < 0 ? ~row - 1 : row;
        while (starts[row + 1] <= position)
            row++;
        return row;
    }

    internal int ColumnOf(int position) => indices[position];
}
