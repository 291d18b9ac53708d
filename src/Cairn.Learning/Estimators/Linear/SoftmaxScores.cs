using System.Numerics;

namespace Cairn.Learning;

/// <summary>
/// A logistic regression's scores, in the precision in which it was learned. Weights lie as in <see cref="SoftmaxObjective{T}"/>: a
/// column's for all outputs together, padded to whole vectors, the intercepts last.
/// </summary>
internal sealed class SoftmaxScores<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] weights;
    private readonly int columns;
    private readonly int outputs;
    private readonly int width;

    public SoftmaxScores(NdArray<double> coefficients, NdArray<double> intercepts)
    {
        (outputs, columns) = (coefficients.Shape[0], coefficients.Shape[1]);
        width = SoftmaxObjective<T>.WidthOf(outputs);
        weights = new T[checked((columns + 1) * width)];
        for (var output = 0; output < outputs; output++)
        {
            for (var column = 0; column < columns; column++)
                weights[(column * width) + output] = T.CreateTruncating(coefficients[output, column]);
            weights[(columns * width) + output] = T.CreateTruncating(intercepts[output]);
        }
    }

    /// <summary>Rows by outputs.</summary>
    public double[,] Of(SparseMatrix rows)
    {
        var matrix = SoftmaxObjective<T>.Converted(rows);
        var scores = new double[rows.Rows, outputs];
        Cores.Split(rows.Rows, (long)rows.Indices.Length * outputs > 50_000, (from, to) =>
        {
            var buffer = new T[width];
            for (var row = from; row < to; row++)
            {
                weights.AsSpan(columns * width, width).CopyTo(buffer);
                for (var i = matrix.Starts[row]; i < matrix.Starts[row + 1]; i++)
                    SoftmaxObjective<T>.Add(buffer, matrix.Values[i], weights.AsSpan(matrix.Indices[i] * width, width));
                for (var output = 0; output < outputs; output++)
                    scores[row, output] = double.CreateTruncating(buffer[output]);
            }
        });
        return scores;
    }
}
