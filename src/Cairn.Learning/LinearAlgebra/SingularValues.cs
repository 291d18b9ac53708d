using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// A = U S V' by QR and then rotations of pairs of columns until all are orthogonal (one-sided Jacobi, Hestenes 1958): small singular
/// values keep their digits.
/// </summary>
internal static class SingularValues
{
    private const int MaxSweeps = 60;
    private const double Tolerance = 1e-15;

    // A column that depends on others shrinks by the precision in each sweep and never becomes orthogonal among the subnormal numbers.
    private const double Nothing = 1e-75;

    /// <summary>For an (m, n) matrix and r = min(m, n): U (m, r), the values falling, V' (r, n).</summary>
    internal static (NdArray<double> U, double[] Values, NdArray<double> Vt) Of(NdArray<double> matrix)
    {
        if (matrix.Shape[0] < matrix.Shape[1])
        {
            var (u, values, vt) = Of(matrix.Transpose());
            return (vt.Transpose(), values, u.Transpose());
        }
        var (q, r) = QrFactors.Of(matrix);
        var n = r.Shape[0];
        // Rows of `columns` are R's columns; rows of `v` are V's columns.
        var columns = Matrices.Turned(r);
        var v = NdArray.Eye<double>(n);
        Orthogonalise(columns, v);
        var norms = new double[n];
        for (var i = 0; i < n; i++)
            norms[i] = TensorPrimitives.Norm<double>(columns.Row(i));
        var order = Enumerable.Range(0, n).OrderByDescending(i => norms[i]).ToArray();
        var left = columns.Take(NdArray.Of<int>(order));
        Normalise(left, [.. order.Select(i => norms[i])]);
        return (q.MatMul(left.Transpose()), [.. order.Select(i => norms[i])], v.Take(NdArray.Of<int>(order)));
    }

    private static void Orthogonalise(NdArray<double> columns, NdArray<double> v)
    {
        var n = columns.Shape[0];
        var nothing = Nothing * TensorPrimitives.Norm<double>(columns.ToArray());
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            var rotated = false;
            for (var p = 0; p < n; p++)
            {
                if (TensorPrimitives.Norm<double>(columns.Row(p)) <= nothing)
                    columns.Row(p).Clear();
            }
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                    rotated |= Rotate(columns, v, p, q);
            }
            if (!rotated)
                return;
        }
        throw new MatrixException("svd", $"the columns did not become orthogonal in {MaxSweeps} sweeps");
    }

    private static bool Rotate(NdArray<double> columns, NdArray<double> v, int p, int q)
    {
        var x = columns.Row(p);
        var y = columns.Row(q);
        var between = TensorPrimitives.Dot<double>(x, y);
        if (between == 0)
            return false;
        var xx = TensorPrimitives.SumOfSquares<double>(x);
        var yy = TensorPrimitives.SumOfSquares<double>(y);
        if (Math.Abs(between) <= Tolerance * Math.Sqrt(xx) * Math.Sqrt(yy))
            return false;
        var zeta = (yy - xx) / (2 * between);
        var t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + double.Hypot(1, zeta));
        var c = 1 / double.Hypot(1, t);
        Matrices.Rotate(x, y, c, c * t);
        Matrices.Rotate(v.Row(p), v.Row(q), c, c * t);
        return true;
    }

    /// <summary>Rows to length 1; those of value 0 become any unit vectors orthogonal to all others.</summary>
    private static void Normalise(NdArray<double> rows, double[] norms)
    {
        var n = rows.Shape[0];
        var tiny = n == 0 ? 0 : norms[0] * Nothing;
        for (var i = 0; i < n; i++)
        {
            if (norms[i] > tiny)
                TensorPrimitives.Divide(rows.Row(i), norms[i], rows.Row(i));
            else
                Complete(rows, i);
        }
    }

    private static void Complete(NdArray<double> rows, int index)
    {
        for (var axis = 0; axis < rows.Shape[1]; axis++)
        {
            var row = rows.Row(index);
            row.Clear();
            row[axis] = 1;
            // Twice is enough (Kahan and Parlett).
            for (var round = 0; round < 2; round++)
            {
                for (var other = 0; other < index; other++)
                    Matrices.AddScaled(rows.Row(other), -TensorPrimitives.Dot<double>(rows.Row(other), row), row);
            }
            var norm = TensorPrimitives.Norm<double>(row);
            if (norm <= 0.5 / Math.Sqrt(rows.Shape[1]))
                continue;
            TensorPrimitives.Divide(row, norm, row);
            return;
        }
    }
}
