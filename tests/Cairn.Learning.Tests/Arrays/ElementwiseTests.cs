namespace Cairn.Learning.Tests;

public sealed class ElementwiseTests
{
    [Fact]
    public void Operators_agree_with_loops_for_all_shapes_that_stretch()
    {
        var random = new Seeded(5);
        for (var round = 0; round < 200; round++)
        {
            var full = Enumerable.Range(0, random.Integer(4)).Select(_ => random.Integer(1, 5)).ToArray();
            var x = Reference.RandomView(random, Shrunk(full));
            var y = Reference.RandomView(random, Shrunk(full));
            Same(x, y, x + y, (a, b) => a + b);
            Same(x, y, x - y, (a, b) => a - b);
            Same(x, y, x * y, (a, b) => a * b);
            Same(x, y, x / y, (a, b) => a / b);
            Same(x, y, NdMath.Maximum(x, y), Math.Max);
            Same(x, y, x < y, (a, b) => a < b);
            Same(x, y, x >= y, (a, b) => a >= b);
        }

        int[] Shrunk(int[] full) => full[random.Integer(full.Length + 1)..].Select(length => random.Bernoulli(0.3) ? 1 : length).ToArray();
    }

    [Theory]
    [InlineData(new[] { 700, 3 }, new[] { 3 })]
    [InlineData(new[] { 700, 3 }, new[] { 700, 1 })]
    [InlineData(new[] { 1, 3 }, new[] { 700, 1 })]
    [InlineData(new[] { 5, 4, 3, 2 }, new[] { 1, 1, 3, 2 })]
    [InlineData(new[] { 5, 4, 3, 2 }, new[] { 4, 1, 2 })]
    [InlineData(new[] { 3, 1500 }, new[] { 1500 })]
    [InlineData(new[] { 6, 4, 7, 5 }, new[] { 4, 1, 1 })]
    [InlineData(new[] { 6, 4, 1, 5 }, new[] { 6, 1, 3, 1 })]
    [InlineData(new[] { 1, 1 }, new[] { 1, 1, 1 })]
    [InlineData(new[] { 130, 20 }, new[] { 130, 1 })]
    public void Long_arrays_of_short_rows_agree_with_loops(int[] left, int[] right)
    {
        var random = new Seeded(left[0]);
        var (x, y) = (random.Normal<double>(left), random.Normal<double>(right));
        foreach (var (a, b) in new[] { (x, y), (y, x), (x["::-1"], y) })
        {
            var (difference, less) = (a - b, a < b);
            Assert.All(Reference.Positions(difference.Shape), p =>
            {
                Assert.Equal(Reference.Stretched(a, p) - Reference.Stretched(b, p), difference[p]);
                Assert.Equal(Reference.Stretched(a, p) < Reference.Stretched(b, p), less[p]);
            });
        }
    }

    [Fact]
    public void Numbers_stand_on_either_side()
    {
        var a = NdArray.Of(1f, 2, 4);
        Assert.Equal([3f, 4, 6], (a + 2f).ToArray());
        Assert.Equal([4f, 2, 1], (4f / a).ToArray());
        Assert.Equal([-1f, -2, -4], (-a).ToArray());
        Assert.Equal([false, true, true], (a > 1f).ToArray());
        Assert.Equal([true, false, false], (!(a > 1f)).ToArray());
        Assert.Equal([false, true, false], ((a > 1f) & (a < 3f)).ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named_with_the_operation()
        => Assert.Equal(
            "add: shapes (2, 3) and (2, 4) do not fit: axis -1 is 3 against 4, and neither is 1.",
            Assert.Throws<ShapeException>(() => NdArray.Zeros<int>(2, 3) + NdArray.Zeros<int>(2, 4)).Message);

    [Fact]
    public void Conversion_cuts_fractions_and_counts_truths()
    {
        Assert.Equal([1, -1, 2], NdArray.Of(1.9, -1.9, 2.1).To<int>().ToArray());
        Assert.Equal([1f, 0f], NdArray.Of(true, false).To<float>().ToArray());
    }

    private static void Same<TResult>(NdArray<double> x, NdArray<double> y, NdArray<TResult> result, Func<double, double, TResult> one)
        where TResult : unmanaged
    {
        Assert.Equal(Shape.Broadcast(x.Shape, y.Shape, "test"), result.Shape);
        foreach (var at in Reference.Positions(result.Shape))
            Assert.Equal(one(Reference.Stretched(x, at), Reference.Stretched(y, at)), result[at]);
    }
}
