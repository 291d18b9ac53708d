namespace Cairn.Learning;

/// <summary>Gaussian elimination with row exchanges: P A = L U.</summary>
internal sealed class LuFactors
{
    private readonly NdArray<double> factors;
    private readonly int[] order;
    private readonly int sign = 1;

    /// <summary>Destroys the matrix. A zero pivot is kept: the determinant is 0 then, and solving is refused.</summary>
    internal LuFactors(NdArray<double> matrix)
    {
        factors = matrix;
        var n = matrix.Shape[0];
        order = [.. Enumerable.Range(0, n)];
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
            {
                if (Math.Abs(matrix[i, k]) > Math.Abs(matrix[pivot, k]))
                    pivot = i;
            }
            if (pivot != k)
            {
                Exchange(matrix.Row(k), matrix.Row(pivot));
                (order[k], order[pivot]) = (order[pivot], order[k]);
                sign = -sign;
            }
            var head = matrix.Row(k);
            if (head[k] == 0)
                continue;
            for (var i = k + 1; i < n; i++)
            {
                var row = matrix.Row(i);
                var factor = row[k] /= head[k];
                if (factor != 0)
                    Matrices.AddScaled(head[(k + 1)..], -factor, row[(k + 1)..]);
            }
        }
    }

    internal double Determinant()
    {
        double product = sign;
        for (var i = 0; i < order.Length; i++)
            product *= factors[i, i];
        return product;
    }

    /// <summary>X of A X = B.</summary>
    /// <exception cref="MatrixException">The matrix is singular to working precision.</exception>
    internal NdArray<double> Solve(NdArray<double> right, string operation)
    {
        var n = order.Length;
        var largest = n == 0 ? 0 : Enumerable.Range(0, n).Max(i => Math.Abs(factors[i, i]));
        for (var i = 0; i < n; i++)
        {
            if (Math.Abs(factors[i, i]) <= largest * n * 1e-17)
                throw new MatrixException(operation,
                    $"the matrix of shape {factors.Shape} is singular (pivot {i} is 0); a least-squares solution may be what is wanted");
        }
        var x = right.Take(NdArray.Of<int>(order));
        for (var i = 0; i < n; i++)
        {
            var row = x.Row(i);
            for (var k = 0; k < i; k++)
                Matrices.AddScaled(x.Row(k), -factors[i, k], row);
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var row = x.Row(i);
            for (var k = i + 1; k < n; k++)
                Matrices.AddScaled(x.Row(k), -factors[i, k], row);
            foreach (ref var value in row)
                value /= factors[i, i];
        }
        return x;
    }

    private static void Exchange(Span<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (y[i], x[i]);
    }
}
