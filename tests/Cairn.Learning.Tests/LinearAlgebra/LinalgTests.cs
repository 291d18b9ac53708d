namespace Cairn.Learning.Tests;

public sealed class LinalgTests
{
    private readonly Seeded random = new(11);

    public static TheoryData<int, int> Shapes
        => new() { { 1, 1 }, { 2, 2 }, { 5, 5 }, { 17, 17 }, { 40, 7 }, { 7, 40 }, { 60, 60 }, { 3, 1 }, { 1, 4 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Qr_gives_back_the_matrix_with_orthonormal_columns(int m, int n)
    {
        var a = random.Normal<double>(m, n);
        var (q, r) = Linalg.Qr(a);
        Close(a, q.MatMul(r));
        Orthonormal(q);
        foreach (var at in Reference.Positions(r.Shape))
            Assert.True(at[0] <= at[1] || r[at] == 0);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Svd_gives_back_the_matrix_with_falling_values(int m, int n)
    {
        var a = random.Normal<double>(m, n);
        var (u, s, vt) = Linalg.Svd(a);
        Close(a, (u * s).MatMul(vt));
        Orthonormal(u);
        Orthonormal(vt.Transpose());
        Assert.Equal(s.ToArray().OrderDescending(), s.ToArray());
    }

    [Fact]
    public void Svd_of_a_matrix_that_lacks_rank_stays_orthonormal()
    {
        var a = random.Normal<double>(12, 2).MatMul(random.Normal<double>(2, 6));
        var (u, s, vt) = Linalg.Svd(a);
        Assert.InRange(s[2], 0, 1e-12);
        Orthonormal(vt.Transpose());
        Close(a, (u * s).MatMul(vt));
        Orthonormal(Linalg.Svd(NdArray.Zeros<double>(4, 3)).U);
    }

    [Fact]
    public void Eigenvectors_of_a_symmetric_matrix_diagonalise_it()
    {
        for (var n = 1; n < 40; n += 3)
        {
            var half = random.Normal<double>(n, n);
            var a = half + half.Transpose();
            var (values, vectors) = Linalg.EigenSymmetric(a);
            Close(a.MatMul(vectors), vectors * values);
            Orthonormal(vectors);
            Assert.Equal(values.ToArray().Order(), values.ToArray());
        }
        Assert.Equal([3.0, 3, 3], Linalg.EigenSymmetric(NdArray.Eye<double>(3) * 3.0).Values.ToArray());
    }

    [Fact]
    public void Known_values_agree_with_numpy()
    {
        // numpy.linalg on [[4, 1, 2], [1, 3, 0], [2, 0, 5]].
        var a = NdArray.FromRows(new[,] { { 4.0, 1, 2 }, { 1, 3, 0 }, { 2, 0, 5 } });
        Assert.Equal(43, Linalg.Determinant(a), 1e-12);
        Close(NdArray.Of(2.0, 0.5, 1), Linalg.Solve(a, NdArray.Of(10.5, 3.5, 9)));
        Close(NdArray.FromRows(new[,] { { 2.0, 0, 0 }, { 0.5, 1.6583123951777, 0 }, { 1, -0.30151134457776363, 1.9771421064483223 } }),
            Linalg.Cholesky(a));
    }

    [Fact]
    public void Solving_and_inverting_undo_the_product()
    {
        foreach (var n in new[] { 1, 3, 20, 77 })
        {
            var a = random.Normal<double>(n, n);
            var x = random.Normal<double>(n, 4);
            Close(x, Linalg.Solve(a, a.MatMul(x)), 1e-8);
            Close(NdArray.Eye<double>(n), a.MatMul(Linalg.Inverse(a)), 1e-8);
            Assert.Equal("(" + n + ",)", Linalg.Solve(a, x[.., 0]).Shape.ToString());
        }
    }

    [Fact]
    public void Least_squares_finds_the_truth_and_the_shortest_answer()
    {
        var a = random.Normal<double>(30, 4);
        var x = random.Normal<double>(4);
        var (found, rank) = Linalg.LeastSquares(a, a.MatMul(x));
        Close(x, found);
        Assert.Equal(4, rank);
        // x + y = 2 has many solutions; (1, 1) is the shortest.
        var (shortest, one) = Linalg.LeastSquares(NdArray.FromRows(new[,] { { 1.0, 1 } }), NdArray.Of(2.0));
        Close(NdArray.Of(1.0, 1), shortest);
        Assert.Equal(1, one);
    }

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e300)]
    [InlineData(1e-160)]
    [InlineData(1e-200)]
    [InlineData(1e-300)]
    public void Very_large_and_small_numbers_are_factored_as_those_near_1(double scale)
    {
        var a = random.Normal<double>(9, 4);
        var (q, r) = Linalg.Qr(a * scale);
        Close(a, q.MatMul(r / scale));
        Orthonormal(q);
        var (u, s, vt) = Linalg.Svd(a * scale);
        Close(a, (u * (s / scale)).MatMul(vt));
        Orthonormal(u);
        var square = a.Transpose().MatMul(a);
        square = (square + square.Transpose()) * .5;
        var (values, vectors) = Linalg.EigenSymmetric(square * scale);
        Close(square.MatMul(vectors), vectors * (values / scale));
        var x = random.Normal<double>(4);
        Close(x, Linalg.LeastSquares(a * scale, a.MatMul(x) * scale).X);
        Assert.Equal(4, Linalg.LeastSquares(a * scale, a.MatMul(x)).Rank);
        var line = new LinearRegression();
        line.Fit(a * scale, (a.MatMul(x) * scale).ToArray());
        Close(x, NdArray.Of<double>([.. line.Coefficients]));
    }

    [Fact]
    public void Truncated_svd_agrees_with_the_full_one()
    {
        var a = random.Normal<float>(80, 6).MatMul(random.Normal<float>(6, 50)) + (random.Normal<float>(80, 50) * 0.01f);
        var full = Linalg.Svd(a);
        var (u, s, vt) = TruncatedSvd.Of(a, 6, new Seeded(1));
        for (var i = 0; i < 6; i++)
            Assert.Equal(1, s[i] / full.Values[i], 1e-4);
        Close(((full.U * full.Values).MatMul(full.Vt)).To<double>(), (u * s).MatMul(vt).To<double>(), 0.1);
        Orthonormal(u.To<double>(), 1e-4);
        Assert.Throws<ArgumentOutOfRangeException>(() => TruncatedSvd.Of(a, 51, new Seeded(1)));
    }

    [Fact]
    public void What_has_no_result_is_refused_with_the_reason()
    {
        Assert.Contains("singular", Assert.Throws<MatrixException>(() => Linalg.Solve(NdArray.Ones<double>(2, 2), NdArray.Of(1.0, 2)))
            .Message);
        Assert.Contains("not positive definite", Assert.Throws<MatrixException>(() => Linalg.Cholesky(-NdArray.Eye<double>(2))).Message);
        Assert.Contains("not symmetric",
            Assert.Throws<MatrixException>(() => Linalg.EigenSymmetric(NdArray.FromRows(new[,] { { 1.0, 2 }, { 3, 4 } }))).Message);
        Assert.Contains("row 1, column 0 is NaN",
            Assert.Throws<MatrixException>(() => Linalg.Svd(NdArray.FromRows(new[,] { { 1.0 }, { double.NaN } }))).Message);
        Assert.Equal("inverse: shape (2, 3) is not a square matrix.",
            Assert.Throws<ShapeException>(() => Linalg.Inverse(NdArray.Zeros<double>(2, 3))).Message);
        Assert.Contains("(2, 2) and (3,)", Assert.Throws<ShapeException>(() => Linalg.Solve(NdArray.Eye<double>(2), NdArray.Of(1.0, 2, 3)))
            .Message);
        Assert.Equal(0, Linalg.Determinant(NdArray.Ones<double>(3, 3)));
    }

    [Fact]
    public void Svd_of_columns_that_depend_on_each_other_ends()
    {
        // A number, a category as two columns of 0 and 1, and two columns of one value, all centred: fewer rows than columns.
        var a = NdArray.FromRows(new[,]
        {
            { -1.5, 0.5, -0.5, 0, 0 }, { 0.5, -0.5, 0.5, 0, 0 }, { 0.5, 0.5, -0.5, 0, 0 }, { 0.5, -0.5, 0.5, 0, 0 },
        });
        var (u, s, vt) = Linalg.Svd(a);
        Close(a, (u * s).MatMul(vt));
        Orthonormal(u);
        Orthonormal(vt.Transpose());
    }

    private static void Orthonormal(NdArray<double> columns, double tolerance = 1e-10)
        => Close(NdArray.Eye<double>(columns.Shape[1]), columns.Transpose().MatMul(columns), tolerance);

    private static void Close(NdArray<double> expected, NdArray<double> actual, double tolerance = 1e-10)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.InRange(NdMath.Abs(expected - actual).Max(), 0, tolerance);
    }
}
