using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>A = Q R by Householder reflections (signs as LAPACK has them). Columns are worked on as rows, which lie together in
/// memory.</summary>
internal static class QrFactors
{
    /// <summary>The reduced factors of an (m, n) matrix: Q (m, min) with orthonormal columns, R (min, n) upper triangular.</summary>
    internal static (NdArray<double> Q, NdArray<double> R) Of(NdArray<double> matrix)
    {
        var (m, n) = (matrix.Shape[0], matrix.Shape[1]);
        var rank = Math.Min(m, n);
        var columns = Matrices.Turned(matrix);
        var betas = new double[rank];
        var heads = new double[rank];
        for (var k = 0; k < rank; k++)
        {
            (heads[k], betas[k]) = Matrices.Reflector(columns.Row(k)[k..]);
            for (var j = k + 1; j < n; j++)
                Reflect(columns.Row(k)[k..], betas[k], columns.Row(j)[k..]);
        }
        var r = NdArray.Zeros<double>(rank, n);
        for (var i = 0; i < rank; i++)
        {
            r[i, i] = heads[i];
            for (var j = i + 1; j < n; j++)
                r[i, j] = columns[j, i];
        }
        var q = NdArray.Zeros<double>(rank, m);
        for (var j = 0; j < rank; j++)
        {
            var column = q.Row(j);
            column[j] = 1;
            // Reflections after the jth leave this unit vector as it is.
            for (var k = j; k >= 0; k--)
                Reflect(columns.Row(k)[k..], betas[k], column[k..]);
        }
        return (Matrices.Turned(q), r);
    }

    private static void Reflect(ReadOnlySpan<double> v, double beta, Span<double> x)
    {
        if (beta != 0)
            Matrices.AddScaled(v, -beta * TensorPrimitives.Dot(v, x), x);
    }
}
