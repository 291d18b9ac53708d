namespace Cairn.Learning.Tests;

public sealed class NdArrayTests
{
    [Fact]
    public void Rows_are_spans_over_the_storage()
    {
        var a = NdArray.FromRows(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });
        a.Row(1)[2] = 60;
        Assert.Equal(60, a[1, 2]);
        Assert.Equal("(2, 3)", a.Shape.ToString());
    }

    [Fact]
    public void Negative_positions_count_from_the_end()
    {
        var a = NdArray.Arange<int>(5);
        Assert.Equal(4, a[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => a[5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => a[-6]);
    }

    [Fact]
    public void Linspace_meets_both_ends()
        => Assert.Equal([0, 0.25, 0.5, 0.75, 1], NdArray.Linspace(0.0, 1.0, 5).ToArray());

    [Fact]
    public void Arange_leaves_the_end_out()
        => Assert.Equal([1f, 1.5f, 2f, 2.5f], NdArray.Arange(1f, 3f, 0.5f).ToArray());

    [Fact]
    public void Ragged_rows_are_refused_with_the_row_named()
    {
        var error = Assert.Throws<ShapeException>(() => NdArray.FromRows<double>([[1, 2], [3]]));
        Assert.Equal("from rows: row 1 has 1 values where row 0 has 2.", error.Message);
    }

    [Fact]
    public void A_wrong_number_of_positions_names_the_shape()
    {
        var error = Assert.Throws<ShapeException>(() => NdArray.Zeros<float>(2, 3)[1]);
        Assert.Contains("shape (2, 3)", error.Message);
    }

    [Fact]
    public void A_shape_too_large_is_refused_before_memory_is_taken()
        => Assert.Contains("more elements than one array holds", Assert.Throws<ShapeException>(() => NdArray.Zeros<float>(100_000, 100_000))
            .Message);

    [Fact]
    public void Prints_as_numpy_does()
    {
        var a = NdArray.FromRows(new[,] { { 1, 20 }, { 300, 4 } });
        Assert.Equal("[[  1  20]\n [300   4]]", a.ToString());
        Assert.Equal("[0 1 2 ... 1997 1998 1999]".Replace(" ", ""), NdArray.Arange<int>(2000).ToString().Replace(" ", ""));
    }

    [Theory]
    [InlineData("(3, 4)", 3, 4)]
    [InlineData("(5,)", 5)]
    [InlineData("()")]
    public void Shapes_print_as_tuples(string text, params int[] lengths) => Assert.Equal(text, Shape.Of(lengths).ToString());
}
