using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>What decompositions share: taking a matrix in as double, its rows as spans, and rotations of two rows.</summary>
internal static class Matrices
{
    /// <summary>A copy as double.</summary>
    /// <exception cref="ShapeException">Not a matrix.</exception>
    /// <exception cref="MatrixException">A number is NaN or infinite; its row and column are named.</exception>
    internal static NdArray<double> Take<T>(NdArray<T> matrix, string operation, bool square = false)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rank != 2 || (square && matrix.Shape[0] != matrix.Shape[1]))
            throw new ShapeException(operation, $"shape {matrix.Shape} is not a {(square ? "square " : "")}matrix");
        var copy = matrix.To<double>();
        if (!TensorPrimitives.IsFiniteAll<double>(copy.Span))
        {
            var at = Array.FindIndex(copy.Storage, v => !double.IsFinite(v));
            throw new MatrixException(operation, $"row {at / copy.Shape[1]}, column {at % copy.Shape[1]} is {copy.Storage[at]}");
        }
        return copy;
    }

    /// <summary>
    /// Divides a matrix whose squares would leave the range of a double by a power of two, so that its greatest number lies between 1
    /// and 2; any other stays as it is.
    /// </summary>
    /// <returns>The power, which results are to be multiplied with.</returns>
    internal static double Scale(NdArray<double> matrix)
    {
        var greatest = matrix.Count == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(matrix.Span));
        if (greatest is 0 or (> 1e-50 and < 1e50))
            return 1;
        var power = Math.ScaleB(1, Math.ILogB(greatest));
        TensorPrimitives.Divide(matrix.Span, power, matrix.Span);
        return power;
    }

    internal static NdArray<double> Turned(NdArray<double> matrix) => matrix.Transpose().ToContiguous();

    /// <summary>to += factor * x.</summary>
    internal static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> to)
        => TensorPrimitives.MultiplyAdd(x, factor, to, to);

    /// <summary>(x, y) becomes (c x - s y, s x + c y).</summary>
    internal static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var (vc, vs) = (new Vector<double>(c), new Vector<double>(s));
            for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var (vx, vy) = (new Vector<double>(x[i..]), new Vector<double>(y[i..]));
                ((vc * vx) - (vs * vy)).CopyTo(x[i..]);
                ((vs * vx) + (vc * vy)).CopyTo(y[i..]);
            }
        }
        for (; i < x.Length; i++)
            (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
    }

    /// <summary>
    /// Turns <paramref name="x"/> into the vector v of the reflection I - beta v v' that maps it to (alpha, 0, …); beta is 0 where nothing
    /// is to be done.
    /// </summary>
    internal static (double Alpha, double Beta) Reflector(Span<double> x)
    {
        var norm = TensorPrimitives.Norm<double>(x);
        if (norm == 0 || x.Length == 1)
            return (x[0], 0);
        var alpha = x[0] > 0 ? -norm : norm;
        // Scaling v to a first element of 1 would divide by x0 - alpha; as it is, beta is 2 / v'v.
        x[0] -= alpha;
        return (alpha, 2 / TensorPrimitives.SumOfSquares<double>(x));
    }
}
