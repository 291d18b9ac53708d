namespace Cairn.Learning;

/// <summary>
/// The largest singular values and their vectors by random projection (Halko, Martinsson and Tropp, "Finding structure with randomness",
/// 2011):
/// ten more directions than asked for, sharpened by rounds of multiplication with the matrix and its transpose.
/// </summary>
public static class TruncatedSvd
{
    private const int Oversampling = 10;

    /// <summary>U (rows, rank), the values falling, V' (rank, columns).</summary>
    /// <param name="rounds">Rounds of sharpening: 4 separate the values of a slowly falling spectrum well.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is below 1 or above the smaller side.</exception>
    public static (NdArray<float> U, NdArray<float> Values, NdArray<float> Vt) Of(ILinearMap map, int rank, Seeded random, int rounds = 4)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Math.Min(map.Rows, map.Columns));
        var width = Math.Min(rank + Oversampling, Math.Min(map.Rows, map.Columns));
        var q = Orthonormal(map.Multiply(random.Normal<float>(map.Columns, width)));
        for (var round = 0; round < rounds; round++)
        {
            var back = Orthonormal(map.MultiplyTransposed(q));
            q = Orthonormal(map.Multiply(back));
        }
        var (v, values, ut) = Linalg.Svd(map.MultiplyTransposed(q));
        var u = q.MatMul(ut.Transpose());
        return (u[.., ..rank].ToContiguous(), values[..rank].ToContiguous(), v[.., ..rank].Transpose().ToContiguous());
    }

    /// <inheritdoc cref="Of(ILinearMap, int, Seeded, int)"/>
    public static (NdArray<float> U, NdArray<float> Values, NdArray<float> Vt) Of(NdArray<float> matrix, int rank, Seeded random,
        int rounds = 4)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return matrix.Rank == 2
            ? Of(new DenseMap(matrix), rank, random, rounds)
            : throw new ShapeException("truncated svd", $"shape {matrix.Shape} is not a matrix");
    }

    private static NdArray<float> Orthonormal(NdArray<float> matrix) => Linalg.Qr(matrix).Q;
}
