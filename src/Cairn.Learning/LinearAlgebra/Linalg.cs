using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Linear algebra on matrices of float or double, computed in double. Matrices with a NaN or an infinity are refused with the place named
/// (<see cref="MatrixException"/>), shapes that do not fit with both shapes (<see cref="ShapeException"/>).
/// </summary>
public static class Linalg
{
    /// <summary>X of A X = B for a square A; B is a vector or a matrix of columns.</summary>
    /// <exception cref="MatrixException">A is singular.</exception>
    public static NdArray<T> Solve<T>(NdArray<T> a, NdArray<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var left = Matrices.Take(a, "solve", square: true);
        return new LuFactors(left).Solve(Right(a, b, "solve"), "solve").To<T>().Reshape(b.Shape.Lengths);
    }

    /// <exception cref="MatrixException">The matrix is singular.</exception>
    public static NdArray<T> Inverse<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var copy = Matrices.Take(matrix, "inverse", square: true);
        return new LuFactors(copy).Solve(NdArray.Eye<double>(copy.Shape[0]), "inverse").To<T>();
    }

    public static T Determinant<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(new LuFactors(Matrices.Take(matrix, "determinant", square: true)).Determinant());

    /// <summary>The lower triangular L with A = L L' of a symmetric positive definite A (its lower half is read).</summary>
    /// <exception cref="MatrixException">A is not positive definite.</exception>
    public static NdArray<T> Cholesky<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = Matrices.Take(matrix, "cholesky", square: true);
        var n = a.Shape[0];
        for (var i = 0; i < n; i++)
        {
            var row = a.Row(i);
            for (var j = 0; j <= i; j++)
            {
                var rest = row[j] - TensorPrimitives.Dot<double>(row[..j], a.Row(j)[..j]);
                if (i == j && !(rest > 0))
                    throw new MatrixException("cholesky",
                        $"the matrix is not positive definite: what is left of the diagonal at row {i} is {rest:G4}");
                row[j] = i == j ? Math.Sqrt(rest) : rest / a[j, j];
            }
            row[(i + 1)..].Clear();
        }
        return a.To<T>();
    }

    /// <summary>The reduced factors of an (m, n) matrix, r = min(m, n): Q (m, r) with orthonormal columns, R (r, n) upper
    /// triangular.</summary>
    public static (NdArray<T> Q, NdArray<T> R) Qr<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var copy = Matrices.Take(matrix, "qr");
        var scale = Matrices.Scale(copy);
        var (q, r) = QrFactors.Of(copy);
        return (q.To<T>(), (r * scale).To<T>());
    }

    /// <summary>The reduced A = U S V' of an (m, n) matrix, r = min(m, n): U (m, r), the singular values falling, V' (r, n).</summary>
    public static (NdArray<T> U, NdArray<T> Values, NdArray<T> Vt) Svd<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var copy = Matrices.Take(matrix, "svd");
        var scale = Matrices.Scale(copy);
        var (u, values, vt) = SingularValues.Of(copy);
        return (u.To<T>(), (NdArray.Of<double>(values) * scale).To<T>(), vt.To<T>());
    }

    /// <summary>Eigenvalues (rising) and, column by column, eigenvectors of a symmetric matrix; only symmetry to rounding is
    /// accepted.</summary>
    /// <exception cref="MatrixException">The matrix is not symmetric.</exception>
    public static (NdArray<T> Values, NdArray<T> Vectors) EigenSymmetric<T>(NdArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = Matrices.Take(matrix, "eigen", square: true);
        Symmetrise(a);
        var scale = Matrices.Scale(a);
        var (values, rows) = SymmetricEigen.Of(a);
        return ((NdArray.Of<double>(values) * scale).To<T>(), rows.Transpose().To<T>());
    }

    /// <summary>
    /// The X that makes |A X - B| least, the shortest of them where there are several, and A's rank: singular values below
    /// <paramref name="cutoff"/> times the largest count as 0 (NumPy's default: the larger length times the rounding of T).
    /// </summary>
    public static (NdArray<T> X, int Rank) LeastSquares<T>(NdArray<T> a, NdArray<T> b, double? cutoff = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var left = Matrices.Take(a, "least squares");
        var right = Right(a, b, "least squares");
        var scale = Matrices.Scale(left);
        var (u, values, vt) = SingularValues.Of(left);
        var rounding = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        var least = (values.Length == 0 ? 0 : values[0]) * (cutoff ?? Math.Max(left.Shape[0], left.Shape[1]) * rounding);
        var projected = u.Transpose().MatMul(right);
        for (var i = 0; i < values.Length; i++)
        {
            foreach (ref var value in projected.Row(i))
                value = values[i] > least ? value / values[i] : 0;
        }
        int[] shape = b.Rank == 1 ? [left.Shape[1]] : [left.Shape[1], b.Shape[1]];
        return ((vt.Transpose().MatMul(projected) / scale).To<T>().Reshape(shape), values.Count(v => v > least));
    }

    /// <summary>The square root of the sum of squares.</summary>
    public static T Norm<T>(NdArray<T> array)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(array);
        return TensorPrimitives.Norm<T>(array.ToContiguous().Span);
    }

    private static NdArray<double> Right<T>(NdArray<T> a, NdArray<T> b, string operation)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(b);
        if (b.Rank is not (1 or 2) || b.Shape[0] != a.Shape[0])
            throw ShapeException.Between(operation, a.Shape, b.Shape, "the right side has as many rows as the matrix");
        return Matrices.Take(b.Rank == 1 ? b.ExpandDims(-1) : b, operation);
    }

    private static void Symmetrise(NdArray<double> a)
    {
        var scale = a.Count == 0 ? 0 : Math.Max(a.Max(), -a.Min());
        for (var i = 0; i < a.Shape[0]; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(a[i, j] - a[j, i]) > 1e-4 * scale)
                    throw new MatrixException("eigen",
                        $"the matrix is not symmetric: ({i}, {j}) is {a[i, j]:G6}, ({j}, {i}) is {a[j, i]:G6}");
                a[i, j] = a[j, i] = 0.5 * (a[i, j] + a[j, i]);
            }
        }
    }
}
