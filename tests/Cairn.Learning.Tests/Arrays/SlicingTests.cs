namespace Cairn.Learning.Tests;

public sealed class SlicingTests
{
    private readonly NdArray<int> grid = NdArray.Arange<int>(24).Reshape(4, 6);

    [Fact]
    public void A_slice_is_a_view_that_writes_through()
    {
        var part = grid[1..3, 2..4];
        part[0, 0] = 100;
        Assert.Equal(100, grid[1, 2]);
        Assert.Equal([100, 9, 14, 15], part.ToArray());
    }

    [Theory]
    [InlineData("::2", new[] { 0, 2, 4 })]
    [InlineData("::-1", new[] { 5, 4, 3, 2, 1, 0 })]
    [InlineData("4:1:-2", new[] { 4, 2 })]
    [InlineData("-3:", new[] { 3, 4, 5 })]
    [InlineData(":-4", new[] { 0, 1 })]
    [InlineData("2:100", new[] { 2, 3, 4, 5 })]
    [InlineData("5:2", new int[0])]
    [InlineData("-100:2", new[] { 0, 1 })]
    public void Text_slices_mean_what_they_mean_in_numpy(string slice, int[] expected)
        => Assert.Equal(expected, NdArray.Arange<int>(6)[slice].ToArray());

    [Fact]
    public void Stepped_ranges_agree_with_counting()
    {
        var random = new Seeded(1);
        for (var round = 0; round < 500; round++)
        {
            var length = random.Integer(8);
            int? start = random.Bernoulli(0.3) ? null : random.Integer(-10, 10);
            int? stop = random.Bernoulli(0.3) ? null : random.Integer(-10, 10);
            var step = random.Bernoulli(0.5) ? random.Integer(1, 4) : -random.Integer(1, 4);
            var expected = new List<int>();
            int Clamp(int? value, int whenNull, int low, int high)
                => value is not { } v ? whenNull : Math.Clamp(v < 0 ? v + length : v, low, high);
            if (step > 0)
            {
                for (var i = Clamp(start, 0, 0, length); i < Clamp(stop, length, 0, length); i += step)
                    expected.Add(i);
            }
            else
            {
                for (var i = Clamp(start, length - 1, -1, length - 1); i > Clamp(stop, -1, -1, length - 1); i += step)
                    expected.Add(i);
            }
            Assert.Equal(expected, NdArray.Arange<int>(length)[Slice.Stepped(start, stop, step)].ToArray());
        }
    }

    [Fact]
    public void Positions_take_their_axis_away_and_new_axes_add_one()
    {
        Assert.Equal("(6,)", grid[^1, ..].Shape.ToString());
        Assert.Equal([5, 11, 17, 23], grid[.., ^1].ToArray());
        Assert.Equal("(4, 1, 6)", grid[.., Slice.NewAxis].Shape.ToString());
        Assert.Equal("(2, 3)", NdArray.Zeros<int>(2, 5, 3)[Slice.Rest, 0, ..].Shape.ToString());
    }

    [Fact]
    public void Assigning_stretches_and_survives_overlap()
    {
        var a = NdArray.Arange<int>(6);
        a["1:"] = a[":-1"];
        Assert.Equal([0, 0, 1, 2, 3, 4], a.ToArray());
        grid[1..3, ..] = 7;
        Assert.Equal(12, (NdMath.Equal(grid, 7)).CountTrue());
        grid[.., 0..3] = NdArray.Of(1, 2, 3);
        Assert.Equal(3, grid[3, 2]);
    }

    [Fact]
    public void Errors_name_the_operation_and_the_shapes()
    {
        Assert.Equal(
            "assign: shapes (2,) and (4, 6) do not fit: axis -1 is 2 against 6.",
            Assert.Throws<ShapeException>(() => grid[.., ..] = NdArray.Of(1, 2)).Message);
        Assert.StartsWith("slice: 3 parts", Assert.Throws<ShapeException>(() => grid[.., .., ..]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[4, ..]);
        Assert.Throws<FormatException>(() => grid["1:2:3:4"]);
    }

    [Fact]
    public void Masks_and_positions_choose_and_write()
    {
        var a = NdArray.FromRows(new[,] { { 1.0, -2 }, { -3, 4 } });
        Assert.Equal([-2.0, -3], a[a < 0].ToArray());
        a[a < 0] = 0.0;
        Assert.Equal([1.0, 0, 0, 4], a.ToArray());
        Assert.Equal([0.0, 4], a[NdArray.Of(false, true)].ToArray());
        Assert.Equal([0.0, 4, 1, 0], a[NdArray.Of(1, 0)].ToArray());
        a[NdArray.Of(-1)] = NdArray.Of(8.0, 9);
        Assert.Equal([8.0, 9], a.Row(1).ToArray());
        Assert.Equal([0.0, 9], a.Take(NdArray.Of(1), axis: 1).ToArray());
        var view = grid.Transpose();
        view[view > 20] = -1;
        Assert.Equal([-1, -1, -1], grid[3, 3..].ToArray());
        Assert.Contains("a mask has the array's shape", Assert.Throws<ShapeException>(() => a[NdArray.Of(true, false, true)]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => a[NdArray.Of(2)]);
    }

    [Fact]
    public void Writing_at_positions_or_by_a_mask_survives_overlap()
    {
        var a = NdArray.Of(1, 2, 3);
        a[NdArray.Of(2, 1, 0)] = a;
        Assert.Equal([3, 2, 1], a.ToArray());
        a[NdArray.Of(false, true, true)] = a["0:2"];
        Assert.Equal([3, 3, 2], a.ToArray());
        grid[NdArray.Of(1, 0)] = grid[..2, ..];
        Assert.Equal([6, 7, 8, 9, 10, 11, 0], grid.ToArray()[..7]);
    }

    [Fact]
    public void A_view_without_elements_can_be_read_and_written()
    {
        var none = NdArray.Zeros<int>(3, 0);
        Assert.Empty(none["::-1"].ToArray());
        Assert.Empty(none[2, ..].ToArray());
        Assert.Empty(none["::-1"]["1:"].Copy().ToArray());
        Assert.Empty(none.Row(2).ToArray());
        none["::-1"] = none;
        Assert.Empty(grid["::-1", "6:"].ToArray());
    }

    [Fact]
    public void Reshape_computes_a_length_and_keeps_the_order()
    {
        Assert.Equal("(2, 3, 4)", grid.Reshape(2, 3, -1).Shape.ToString());
        Assert.Equal([0, 6, 12, 18, 1], grid.Transpose().Ravel()[..5].ToArray());
        Assert.Equal("reshape: shapes (4, 6) and (5, 5) do not fit: 24 elements against 25.",
            Assert.Throws<ShapeException>(() => grid.Reshape(5, 5)).Message);
        Assert.Throws<ShapeException>(() => grid.Reshape(-1, -1));
        Assert.Throws<ShapeException>(() => grid.Reshape(-1, 7));
        Assert.Throws<ShapeException>(() => grid.Transpose(0, 0));
    }
}
