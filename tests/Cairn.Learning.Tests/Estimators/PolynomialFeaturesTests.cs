namespace Cairn.Learning.Tests;

public sealed class PolynomialFeaturesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Products_of_the_greatest_degree_are_refused_too(int columns)
        => Assert.Contains($"degree 2147483647 over {columns} columns makes at least 1,0", Assert.Throws<BadInputException>(
            () => new PolynomialFeatures(int.MaxValue).FitTransform(NdArray.Ones<double>(1, columns))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_product_is_as_long_as_its_degree_which_counts_as_well()
        => Assert.Contains("its products have 499,999,500,000 factors, over 100,000,000", Assert.Throws<BadInputException>(
            () => new PolynomialFeatures(999_999).FitTransform(NdArray.Ones<double>(1, 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_of_ones_counts_only_where_it_is_made()
        => Assert.Contains("makes 1,000,404 columns", Assert.Throws<BadInputException>(
            () => new PolynomialFeatures(2, one: false).FitTransform(NdArray.Ones<double>(1, 1_413))).Message, StringComparison.Ordinal);
}
