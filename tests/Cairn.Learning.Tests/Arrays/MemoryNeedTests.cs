namespace Cairn.Learning.Tests;

public sealed class MemoryNeedTests
{
    [Fact]
    public void What_does_not_fit_is_refused_with_the_estimate()
    {
        var error = Assert.Throws<InsufficientMemoryException>(
            () => MemoryNeed.Require(3.0 * (1 << 30), () => "A table of 400,000,000 numbers", "take fewer rows", available: 1L << 30));
        Assert.Equal("A table of 400,000,000 numbers needs 3,072 MiB, and 1,024 MiB are there; take fewer rows.", error.Message);
        MemoryNeed.Require(1L << 30, () => throw new InvalidOperationException("not asked"), "", available: 1L << 30);
    }

    [Fact]
    public void What_fits_when_garbage_is_collected_is_not_refused()
    {
        var asked = new List<bool>();
        MemoryNeed.Require(700, () => throw new InvalidOperationException("not asked"), "", 1000, Held);
        Assert.Equal([false, true], asked);

        long Held(bool collected)
        {
            asked.Add(collected);
            return collected ? 200 : 900;
        }
    }

    [Theory]
    [InlineData(90, 1)]
    [InlineData(1001, 2)]
    public void Nothing_is_collected_for_what_fits_as_it_is_or_never_will(long bytes, int looks)
    {
        var asked = new List<bool>();
        var error = Record.Exception(() => MemoryNeed.Require(bytes, () => "It", "", 1000, Held));
        Assert.Equal(bytes > 1000, error is InsufficientMemoryException);
        Assert.Equal(Enumerable.Repeat(false, looks), asked);

        long Held(bool collected)
        {
            asked.Add(collected);
            return 900;
        }
    }

    [Fact]
    public void What_no_machine_has_is_refused_before_it_is_tried()
    {
        // 2^31 - 2 columns by 1,000 rows: 16 TiB.
        var wide = new SparseMatrix(2_000_000_000, [.. Enumerable.Repeat(0, 1_001)], [], []);
        Assert.Contains("1,000 x 2,000,000,000 made dense needs 15,258,789 MiB",
            Assert.Throws<InsufficientMemoryException>(wide.ToDense).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_join_that_multiplies_rows_is_counted_before_it_is_made()
    {
        var many = new Frame(("k", new long[100_000]), ("v", new double[100_000]));
        Assert.Contains("10,000,000,000 rows", Assert.Throws<BadInputException>(() => many.Join(many, "k")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Products_of_columns_are_counted_before_they_are_made()
        => Assert.Contains("makes 5,000,150,001 columns", Assert.Throws<BadInputException>(
            () => new PolynomialFeatures(2).FitTransform(NdArray.Ones<double>(1, 100_000))).Message, StringComparison.Ordinal);
}
