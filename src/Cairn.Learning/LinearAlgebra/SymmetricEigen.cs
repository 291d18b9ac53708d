using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Eigenvalues and vectors of a symmetric matrix: Householder reduction to three diagonals, then the implicit QL method (Dubrulle, Martin
/// and Wilkinson, 1968), the vectors kept as rows so that rotations run along memory.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxRounds = 60;

    /// <summary>Values rising; row i of <c>Vectors</c> belongs to value i. Destroys the matrix.</summary>
    internal static (double[] Values, NdArray<double> Vectors) Of(NdArray<double> matrix)
    {
        var n = matrix.Shape[0];
        if (n == 0)
            return ([], matrix);
        var (diagonal, beside, vectors) = Reduce(matrix);
        Diagonalise(diagonal, beside, vectors);
        var order = Enumerable.Range(0, n).OrderBy(i => diagonal[i]).ToArray();
        return ([.. order.Select(i => diagonal[i])], vectors.Take(NdArray.Of<int>(order)));
    }

    private static (double[] Diagonal, double[] Beside, NdArray<double> Vectors) Reduce(NdArray<double> a)
    {
        var n = a.Shape[0];
        var diagonal = new double[n];
        var beside = new double[n];
        var betas = new double[n];
        var reflectors = new double[n][];
        var p = new double[n];
        for (var k = 0; k < n - 1; k++)
        {
            diagonal[k] = a[k, k];
            // By symmetry the column below the diagonal is the row beside it.
            var v = a.Row(k)[(k + 1)..].ToArray();
            (beside[k], betas[k]) = Matrices.Reflector(v);
            reflectors[k] = v;
            if (betas[k] == 0)
                continue;
            var w = p.AsSpan(0, v.Length);
            for (var i = 0; i < v.Length; i++)
                w[i] = betas[k] * TensorPrimitives.Dot<double>(a.Row(k + 1 + i)[(k + 1)..], v);
            Matrices.AddScaled(v, -0.5 * betas[k] * TensorPrimitives.Dot<double>(v, w), w);
            for (var i = 0; i < v.Length; i++)
            {
                var row = a.Row(k + 1 + i)[(k + 1)..];
                Matrices.AddScaled(w, -v[i], row);
                Matrices.AddScaled(v, -w[i], row);
            }
        }
        diagonal[n - 1] = a[n - 1, n - 1];
        return (diagonal, beside, Accumulate(reflectors, betas, n));
    }

    /// <summary>The product of the reflections, transposed.</summary>
    private static NdArray<double> Accumulate(double[][] reflectors, double[] betas, int n)
    {
        var q = NdArray.Eye<double>(n);
        var t = new double[n];
        for (var k = n - 2; k >= 0; k--)
        {
            if (betas[k] == 0)
                continue;
            var v = reflectors[k];
            var sum = t.AsSpan(k + 1);
            sum.Clear();
            for (var i = 0; i < v.Length; i++)
                Matrices.AddScaled(q.Row(k + 1 + i)[(k + 1)..], v[i], sum);
            for (var i = 0; i < v.Length; i++)
                Matrices.AddScaled(sum, -betas[k] * v[i], q.Row(k + 1 + i)[(k + 1)..]);
        }
        return Matrices.Turned(q);
    }

    private static void Diagonalise(double[] d, double[] e, NdArray<double> vectors)
    {
        var n = d.Length;
        for (var l = 0; l < n; l++)
        {
            for (var round = 0; ; round++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > 1.1e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                    m++;
                if (m == l)
                    break;
                if (round == MaxRounds)
                    throw new MatrixException("eigen", $"value {l} did not settle in {MaxRounds} rounds");
                Step(d, e, vectors, l, m);
            }
        }
    }

    private static void Step(double[] d, double[] e, NdArray<double> vectors, int l, int m)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = double.Hypot(g, 1);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(r, g)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * e[i];
            var b = c * e[i];
            r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            Matrices.Rotate(vectors.Row(i), vectors.Row(i + 1), c, s);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
