namespace Cairn.Learning.Tests;

public sealed class ReductionTests
{
    [Fact]
    public void Every_reduction_agrees_with_a_loop_along_every_axis()
    {
        var random = new Seeded(9);
        for (var round = 0; round < 60; round++)
        {
            var x = Reference.RandomView(random, [.. Enumerable.Range(0, random.Integer(1, 4)).Select(_ => random.Integer(1, 6))]);
            for (var axis = 0; axis < x.Rank; axis++)
            {
                Same(x, axis, x.Sum(axis), r => r.Sum());
                Same(x, axis, x.Mean(axis), r => r.Average());
                Same(x, axis, x.Min(axis), r => r.Min());
                Same(x, axis, x.Max(axis), r => r.Max());
                Same(x, axis, x.Std(axis), r => Math.Sqrt(r.Select(v => Math.Pow(v - r.Average(), 2)).Average()));
                Same(x, axis, x.ArgMax(axis).To<double>(), r => Array.IndexOf(r, r.Max()));
                Same(x, axis, x.ArgMin(axis).To<double>(), r => Array.IndexOf(r, r.Min()));
                EachRun(x, axis, x.Sort(axis), r => [.. r.Order()]);
                EachRun(x, axis, x.ArgSort(axis).To<double>(), r =>
                    [.. Enumerable.Range(0, r.Length).OrderBy(i => r[i]).Select(i => (double)i)]);
                EachRun(x, axis, x.CumSum(axis), r => [.. r.Select((_, i) => r[..(i + 1)].Sum())]);
            }
            Assert.Equal(x.ToArray().Sum(), x.Sum(), 1e-9);
            Assert.Equal(x.ToArray().Max(), x.Max());
        }
    }

    [Fact]
    public void A_sum_of_integers_is_exact_or_says_that_it_does_not_fit()
    {
        var x = NdArray.Of(int.MaxValue, 1);
        Assert.Contains("does not fit Int32", Assert.Throws<OverflowException>(() => x.Sum()).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => x.Sum(0));
        Assert.Throws<OverflowException>(() => x.Reshape(2, 1).Sum(0));
        Assert.Throws<OverflowException>(() => NdArray.Stack(1, x, x).Sum(0));
        Assert.Throws<OverflowException>(() => x.CumSum());
        Assert.Equal(2147483648, x.To<long>().Sum());
        Assert.Equal(int.MaxValue, NdArray.Of(int.MaxValue, 1, -1).Sum());
        Assert.Equal(-3, NdArray.Of(-1, -2).Sum());
    }

    [Fact]
    public void Kept_axes_let_a_result_stretch_back()
    {
        var x = NdArray.Arange<double>(6).Reshape(2, 3);
        Assert.Equal("(2, 1)", x.Mean(1, keepAxis: true).Shape.ToString());
        Assert.Equal(0, (x - x.Mean(1, keepAxis: true)).Sum(), 1e-12);
        Assert.Equal(1, NdArray.Of(1.0, 2, 3).Variance(sample: true), 1e-12);
    }

    [Fact]
    public void A_long_float_sum_keeps_its_digits()
    {
        var x = NdArray.Full(0.1f, 10_000_000);
        Assert.Equal(1_000_000.0, x.Sum(), 1.0);
    }

    [Fact]
    public void Not_a_number_sorts_last_and_spreads_through_extremes()
    {
        var x = NdArray.Of(2.0, double.NaN, 1);
        Assert.Equal([1, 2, double.NaN], x.Sort().ToArray());
        Assert.Equal([2, 0, 1], x.ArgSort().ToArray());
        Assert.True(double.IsNaN(x.Max()));
        Assert.Equal([false, true, false], NdMath.IsNaN(x).ToArray());
    }

    [Fact]
    public void Unique_counts()
    {
        var (values, counts) = NdArray.Of(3, 1, 3, 2, 3).Unique();
        Assert.Equal([1, 2, 3], values.ToArray());
        Assert.Equal([1, 1, 3], counts.ToArray());
    }

    [Fact]
    public void Nothing_has_no_extreme_but_a_sum()
    {
        var none = NdArray.Zeros<double>(0, 3);
        Assert.Equal(0, none.Sum());
        Assert.Equal([0.0, 0, 0], none.Sum(0).ToArray());
        Assert.Equal("max: shape (0, 3) has no elements.", Assert.Throws<ShapeException>(() => none.Max()).Message);
        Assert.Throws<ShapeException>(() => none.ArgMin(0));
        Assert.Throws<ShapeException>(() => none.Sum(2));
    }

    [Fact]
    public void Truths_fold_with_any_and_all()
    {
        var x = NdArray.FromRows(new[,] { { true, false }, { true, true } });
        Assert.Equal([false, true], x.All(1).ToArray());
        Assert.Equal([true, true], x.Any(0).ToArray());
        Assert.False(x.All());
    }

    [Fact]
    public void Joining_keeps_every_part()
    {
        var a = NdArray.FromRows(new[,] { { 1, 2 } });
        var b = NdArray.FromRows(new[,] { { 3, 4 }, { 5, 6 } });
        Assert.Equal([1, 2, 3, 4, 5, 6], NdArray.Concatenate(0, a, b).ToArray());
        Assert.Equal("(2, 2, 2)", NdArray.Stack(0, b, b).Shape.ToString());
        Assert.Equal([3, 3, 4, 4, 5, 5, 6, 6], NdArray.Stack(-1, b, b).ToArray());
        Assert.Contains("only axis 1 may differ", Assert.Throws<ShapeException>(() => NdArray.Concatenate(1, a, b)).Message);
        Assert.Equal([9, 4, 9, 6], NdArray.Where(NdArray.Of(true, false), 9, b).ToArray());
    }

    private static void Same(NdArray<double> x, int axis, NdArray<double> result, Func<double[], double> fold)
    {
        Assert.Equal(x.Rank - 1, result.Rank);
        foreach (var at in Reference.Positions(result.Shape))
            Assert.Equal(fold(Run(x, axis, at)), result[at], 1e-9);
    }

    private static void EachRun(NdArray<double> x, int axis, NdArray<double> result, Func<double[], double[]> change)
    {
        Assert.Equal(x.Shape, result.Shape);
        foreach (var at in Reference.Positions(x.Sum(axis).Shape))
            Assert.Equal(change(Run(x, axis, at)), Run(result, axis, at), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static double[] Run(NdArray<double> x, int axis, int[] at)
        => [.. Enumerable.Range(0, x.Shape[axis]).Select(i => x[[.. at[..axis], i, .. at[axis..]]])];
}
