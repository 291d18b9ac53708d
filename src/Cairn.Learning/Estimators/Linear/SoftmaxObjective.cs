using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// The mean loss of multinomial (or, with one output, binary) logistic regression over sparse rows, with half the squared coefficients
/// times l2. A column's
/// coefficients for all outputs lie together, padded to whole vectors: a text's score is a sum of few such runs. The intercept is a last
/// column of ones.
/// </summary>
internal sealed class SoftmaxObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int[] Starts, int[] Indices, T[] Values) rows;
    private readonly (int[] Starts, int[] Indices, T[] Values) columns;
    private readonly int[] labels;
    private readonly double l2;
    private readonly bool intercept;
    private readonly T[] residuals;
    private readonly double[] losses;

    public SoftmaxObjective(SparseMatrix features, int[] labels, int outputs, double l2, bool intercept)
    {
        rows = Converted(features);
        columns = Converted(features.Transpose());
        this.labels = labels;
        this.l2 = l2;
        this.intercept = intercept;
        Columns = features.Columns;
        Outputs = outputs;
        Width = WidthOf(outputs);
        residuals = new T[labels.Length * Width];
        losses = new double[labels.Length];
    }

    public int Columns { get; }

    public int Outputs { get; }

    /// <summary>Numbers per column: the outputs, padded.</summary>
    public int Width { get; }

    public int Parameters => checked((Columns + 1) * Width);

    public static int WidthOf(int outputs) => outputs == 1 ? 1 : (outputs + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;

    public double Evaluate(T[] weights, T[] gradient)
    {
        var count = labels.Length;
        var large = (long)rows.Indices.Length * Outputs > 50_000;
        Cores.Split(count, large, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var scores = residuals.AsSpan(row * Width, Width);
                Score(rows, row, weights, scores);
                losses[row] = ToResidual(scores[..Outputs], labels[row]);
            }
        });
        var scale = T.CreateTruncating(1.0 / count);
        Cores.Split(Columns, large, (from, to) =>
        {
            for (var column = from; column < to; column++)
            {
                var slope = gradient.AsSpan(column * Width, Width);
                slope.Clear();
                for (var i = columns.Starts[column]; i < columns.Starts[column + 1]; i++)
                    Add(slope, columns.Values[i], residuals.AsSpan(columns.Indices[i] * Width, Width));
                TensorPrimitives.Multiply(slope, scale, slope);
                TensorPrimitives.MultiplyAdd(weights.AsSpan(column * Width, Width), T.CreateTruncating(l2), slope, slope);
            }
        });
        var free = gradient.AsSpan(Columns * Width, Width);
        free.Clear();
        for (var row = 0; row < count && intercept; row++)
            Add(free, scale, residuals.AsSpan(row * Width, Width));
        var loss = 0.0;
        foreach (var value in losses)
            loss += value;
        return (loss / count) + (l2 / 2 * Square(weights.AsSpan(0, Columns * Width)));
    }

    /// <summary>Adds up one row's scores.</summary>
    private void Score((int[] Starts, int[] Indices, T[] Values) matrix, int row, T[] weights, Span<T> scores)
    {
        weights.AsSpan(Columns * Width, Width).CopyTo(scores);
        for (var i = matrix.Starts[row]; i < matrix.Starts[row + 1]; i++)
            Add(scores, matrix.Values[i], weights.AsSpan(matrix.Indices[i] * Width, Width));
    }

    public static (int[] Starts, int[] Indices, T[] Values) Converted(SparseMatrix matrix)
    {
        var (starts, indices, values) = matrix.Parts;
        return (starts, indices, Array.ConvertAll(values, v => T.CreateTruncating(v)));
    }

    /// <summary>Turns scores into probability less what was so; the loss.</summary>
    private static double ToResidual(Span<T> scores, int label)
    {
        if (scores.Length == 1)
        {
            var score = double.CreateTruncating(scores[0]);
            scores[0] = T.CreateTruncating((1 / (1 + Math.Exp(-score))) - label);
            return Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (label * score);
        }
        var greatest = TensorPrimitives.Max<T>(scores);
        TensorPrimitives.Subtract(scores, greatest, scores);
        var own = double.CreateTruncating(scores[label]);
        TensorPrimitives.Exp(scores, scores);
        var sum = TensorPrimitives.Sum<T>(scores);
        TensorPrimitives.Multiply(scores, T.One / sum, scores);
        scores[label] -= T.One;
        return Math.Log(double.CreateTruncating(sum)) - own;
    }

    private static double Square(ReadOnlySpan<T> values)
    {
        var sum = 0.0;
        for (var from = 0; from < values.Length; from += 1 << 15)
            sum += double.CreateTruncating(TensorPrimitives.SumOfSquares(values.Slice(from, Math.Min(1 << 15, values.Length - from))));
        return sum;
    }

    /// <summary>Adds a multiple of one run to another; runs are whole vectors, or one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Span<T> target, T factor, ReadOnlySpan<T> what)
    {
        if (target.Length == 1)
        {
            target[0] += factor * what[0];
            return;
        }
        var to = MemoryMarshal.Cast<T, Vector<T>>(target);
        var from = MemoryMarshal.Cast<T, Vector<T>>(what);
        var f = new Vector<T>(factor);
        for (var i = 0; i < to.Length && i < from.Length; i++)
            to[i] += from[i] * f;
    }
}
