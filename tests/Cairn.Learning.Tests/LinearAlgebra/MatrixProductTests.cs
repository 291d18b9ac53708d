namespace Cairn.Learning.Tests;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 40, 3)]
    [InlineData(5, 1, 7)]
    [InlineData(12, 32, 256)]
    [InlineData(13, 33, 257)]
    [InlineData(24, 64, 300)]
    [InlineData(61, 47, 29)]
    [InlineData(250, 70, 31)]
    [InlineData(3, 4100, 5)]
    [InlineData(40, 40, 0)]
    [InlineData(1, 301, 78)]
    [InlineData(301, 1, 78)]
    [InlineData(1, 700, 129)]
    [InlineData(700, 1, 131)]
    public void Products_agree_with_three_loops_in_every_layout(int m, int n, int k)
    {
        var random = new Seeded(m + n + k);
        foreach (var (turnLeft, turnRight) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var a = turnLeft ? random.Normal<double>(k, m).Transpose() : random.Normal<double>(m, k);
            var b = turnRight ? random.Normal<double>(n, k).Transpose() : random.Normal<double>(k, n);
            var expected = Slow(a, b);
            Close(expected, a.MatMul(b), 1e-11);
            Close(expected, a.To<float>().MatMul(b.To<float>()).To<double>(), 1e-3);
        }
    }

    [Fact]
    public void The_narrow_tile_agrees_with_the_wide_one()
    {
        if (!System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated)
            return;
        const int depth = 37;
        var random = new Seeded(6);
        var a = random.Normal<float>(depth, ProductTile256.Rows);
        var b = random.Normal<float>(depth, 16);
        var expected = Slow(a.To<double>().Transpose(), b.To<double>());
        var c = new float[ProductTile256.Rows * 16];
        unsafe
        {
            fixed (float* pa = a.Span, pb = b.Span, pc = c)
            {
                ProductTile256.Multiply(depth, pa, pb, pc, 16, false);
                ProductTile256.Multiply(depth, pa, pb, pc, 16, true);
            }
        }
        Close(expected * 2.0, NdArray<float>.Over(c, ProductTile256.Rows, 16).To<double>(), 1e-4);
    }

    [Fact]
    public void Batches_stretch_and_vectors_lose_their_axis()
    {
        var random = new Seeded(3);
        var a = random.Normal<double>(2, 1, 3, 4);
        var b = random.Normal<double>(5, 4, 2);
        var c = a.MatMul(b);
        Assert.Equal("(2, 5, 3, 2)", c.Shape.ToString());
        Close(Slow(a[1, 0, ..], b[4, ..]), c[1, 4, ..], 1e-12);
        var v = random.Normal<double>(4);
        Assert.Equal("(3,)", a[0, 0, ..].MatMul(v).Shape.ToString());
        Assert.Equal("()", v.MatMul(v).Shape.ToString());
        Assert.Equal(14, NdArray.Of(1, 2, 3).MatMul(NdArray.Of(1, 2, 3)).Scalar());
    }

    [Fact]
    public void Lengths_that_differ_are_named()
        => Assert.Equal(
            "matmul: shapes (3, 4) and (5, 6) do not fit: 4 columns against 5 rows.",
            Assert.Throws<ShapeException>(() => NdArray.Zeros<float>(3, 4).MatMul(NdArray.Zeros<float>(5, 6))).Message);

    private static NdArray<double> Slow(NdArray<double> a, NdArray<double> b)
    {
        var c = NdArray.Zeros<double>(a.Shape[0], b.Shape[1]);
        for (var i = 0; i < a.Shape[0]; i++)
        {
            for (var j = 0; j < b.Shape[1]; j++)
            {
                for (var k = 0; k < a.Shape[1]; k++)
                    c[i, j] += a[i, k] * b[k, j];
            }
        }
        return c;
    }

    private static void Close(NdArray<double> expected, NdArray<double> actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        if (expected.Count > 0)
            Assert.InRange(NdMath.Abs(expected - actual).Max(), 0, tolerance);
    }
}
