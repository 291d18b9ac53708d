using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Lowers half the mean squared error with an L1 and an L2 penalty, one coefficient after the other (Friedman, Hastie and Tibshirani,
/// 2010), until the
/// duality gap says that nothing more than the tolerance is to be gained.
/// </summary>
internal sealed class CoordinateDescent
{
    private readonly double[][] columns;
    private readonly double[] squares;
    private readonly double[] targets;

    public CoordinateDescent(NdArray<double> rows, double[] targets)
    {
        this.targets = targets;
        columns = new double[rows.Shape[1]][];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = rows[.., column].ToArray();
        squares = Array.ConvertAll(columns, c => TensorPrimitives.SumOfSquares<double>(c));
    }

    /// <summary>The least penalty at which every coefficient is 0.</summary>
    public double Greatest(double l1Share)
        => columns.Max(c => Math.Abs(TensorPrimitives.Dot<double>(c, targets))) / targets.Length / Math.Max(l1Share, 1e-3);

    /// <summary>Improves the coefficients in place; how many rounds it took.</summary>
    public int Solve(double[] coefficients, LassoOptions options)
    {
        var l1 = options.Penalty * options.L1Share * targets.Length;
        var l2 = options.Penalty * (1 - options.L1Share) * targets.Length;
        var rest = targets.AsSpan().ToArray();
        for (var i = 0; i < columns.Length; i++)
            TensorPrimitives.MultiplyAdd(columns[i], -coefficients[i], rest, rest);
        var allowed = options.Tolerance * TensorPrimitives.SumOfSquares<double>(targets);
        for (var round = 1; round <= options.MaxIterations; round++)
        {
            var (step, size) = (0.0, 0.0);
            for (var i = 0; i < columns.Length; i++)
            {
                if (squares[i] == 0)
                    continue;
                var old = coefficients[i];
                var pull = TensorPrimitives.Dot<double>(columns[i], rest) + (old * squares[i]);
                var found = Math.Sign(pull) * Math.Max(Math.Abs(pull) - l1, 0) / (squares[i] + l2);
                if (found != old)
                    TensorPrimitives.MultiplyAdd(columns[i], old - found, rest, rest);
                coefficients[i] = found;
                step = Math.Max(step, Math.Abs(found - old));
                size = Math.Max(size, Math.Abs(found));
            }
            if ((step <= options.Tolerance * size || size == 0) && Gap(coefficients, rest, l1, l2) <= allowed)
                return round;
        }
        return options.MaxIterations;
    }

    private double Gap(double[] coefficients, double[] rest, double l1, double l2)
    {
        var steepest = 0.0;
        for (var i = 0; i < columns.Length; i++)
            steepest = Math.Max(steepest, Math.Abs(TensorPrimitives.Dot<double>(columns[i], rest) - (l2 * coefficients[i])));
        var residual = TensorPrimitives.SumOfSquares<double>(rest);
        var square = TensorPrimitives.SumOfSquares<double>(coefficients);
        var scale = steepest > l1 ? l1 / steepest : 1;
        var gap = steepest > l1 ? 0.5 * (residual + (residual * scale * scale)) : residual;
        return gap + (l1 * TensorPrimitives.SumOfMagnitudes<double>(coefficients)) - (scale * TensorPrimitives.Dot<double>(rest, targets))
            + (0.5 * l2 * (1 + (scale * scale)) * square);
    }
}
