using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>A sparse matrix by rows (CSR), and its transpose, as a linear map.</summary>
internal sealed class SparseCounts : ILinearMap
{
    private const int RowsEach = 512;
    private readonly int[] starts;
    private readonly int[] columns;
    private readonly float[] values;
    private SparseCounts? transposed;

    private SparseCounts(int rows, int columnCount, int[] starts, int[] columns, float[] values)
    {
        Rows = rows;
        Columns = columnCount;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>From entries in any order, each place at most once.</summary>
    internal static SparseCounts Of(int rows, int columns, IReadOnlyCollection<(int Row, int Column, float Value)> entries)
    {
        var starts = new int[rows + 1];
        foreach (var (row, _, _) in entries)
            starts[row + 1]++;
        for (var row = 0; row < rows; row++)
            starts[row + 1] += starts[row];
        var next = starts[..rows].ToArray();
        var at = new int[entries.Count];
        var values = new float[entries.Count];
        foreach (var (row, column, value) in entries)
        {
            at[next[row]] = column;
            values[next[row]++] = value;
        }
        // Sums run in the columns' order, whatever the order of the entries.
        for (var row = 0; row < rows; row++)
            Array.Sort(at, values, starts[row], starts[row + 1] - starts[row]);
        return new SparseCounts(rows, columns, starts, at, values);
    }

    public NdArray<float> Multiply(NdArray<float> right)
    {
        var result = NdArray.Zeros<float>(Rows, right.Shape[1]);
        var source = right.ToContiguous();
        LearningThreads.For((Rows + RowsEach - 1) / RowsEach, part =>
        {
            for (var row = part * RowsEach; row < Math.Min(Rows, (part + 1) * RowsEach); row++)
            {
                var to = result.Row(row);
                for (var i = starts[row]; i < starts[row + 1]; i++)
                    TensorPrimitives.MultiplyAdd(source.Row(columns[i]), values[i], to, to);
            }
        });
        return result;
    }

    public NdArray<float> MultiplyTransposed(NdArray<float> right)
    {
        transposed ??= Of(Columns, Rows, Entries());
        return transposed.Multiply(right);
    }

    private List<(int Row, int Column, float Value)> Entries()
    {
        var entries = new List<(int, int, float)>(values.Length);
        for (var row = 0; row < Rows; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
                entries.Add((columns[i], row, values[i]));
        }
        return entries;
    }
}
