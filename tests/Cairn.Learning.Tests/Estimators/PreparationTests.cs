namespace Cairn.Learning.Tests;

public sealed class PreparationTests
{
    private static readonly Frame People = new(
        ("age", new double[] { 20, double.NaN, 40, 60 }),
        ("city", TextColumn.Of(["Rome", "Oslo", "Rome", null])),
        ("note", TextColumn.Of(["good old friend", "new friend", null, "old"])));

    [Fact]
    public void Scaling_leaves_what_is_missing_missing_and_a_constant_at_0()
    {
        var rows = NdArray.FromRows(new[,] { { 1.0, 7 }, { double.NaN, 7 }, { 3, 7 } });
        Assert.Equal([-1, 0, double.NaN, 0, 1, 0], new StandardScaler().FitTransform(rows).Dense.ToArray());
        Assert.Equal([0, 0, double.NaN, 0, 1, 0], new RangeScaler().FitTransform(rows).Dense.ToArray());
    }

    [Theory]
    [InlineData(Filling.Mean, 3)]
    [InlineData(Filling.Median, 2)]
    [InlineData(Filling.MostFrequent, 1)]
    [InlineData(Filling.Constant, -9)]
    public void Imputing_fills_with_a_figure_of_training_and_may_mark_it(Filling filling, double expected)
    {
        var imputer = new Imputer(filling, constant: -9, indicators: true);
        imputer.Fit(NdArray.FromRows(new[,] { { 1.0 }, { 1 }, { 3 }, { 7 }, { double.NaN } }));
        Assert.Equal([expected, 1, 5, 0], imputer.Transform(NdArray.FromRows(new[,] { { double.NaN }, { 5 } })).Dense.ToArray());
    }

    [Fact]
    public void Columns_of_several_kinds_become_features_side_by_side()
    {
        var transformer = new ColumnTransformer().Numbers(["age"], new Imputer(), new StandardScaler()).Categories(["city"]);
        var features = transformer.FitTransform(People);
        Assert.Equal(["age", "city=Oslo", "city=Rome"], features.Names);
        Assert.Equal([0, 1, 0], features.Dense.Row(1).ToArray());
        Assert.Equal([0, 0], features.Dense.Row(3)[1..].ToArray());
        transformer.Text("note", new TfidfVectoriser());
        var sparse = transformer.FitTransform(People);
        Assert.True(sparse.IsSparse);
        Assert.Equal(7, sparse.Columns);
    }

    [Fact]
    public void An_unseen_category_is_ignored_or_refused_by_name()
    {
        var strange = People.With("city", TextColumn.Of(["Rome", "Lima", "Rome", "Rome"]));
        var lenient = new ColumnTransformer().Categories(["city"]);
        lenient.Fit(People);
        Assert.Equal([0, 0], lenient.Transform(strange).Dense.Row(1).ToArray());
        var strict = new ColumnTransformer().Categories(["city"], Unseen.Refuse);
        strict.Fit(People);
        var error = Assert.Throws<BadInputException>(() => strict.Transform(strange));
        Assert.Equal(("city", 1), (error.Column, error.Row));
        Assert.Contains("Lima", error.Message);
    }

    [Fact]
    public void A_column_without_any_value_is_named()
        => Assert.Equal(
            "a", Assert.Throws<BadInputException>(() => new Imputer().Fit(new Features(NdArray.Full(double.NaN, 2, 1), ["a"]))).Column);
}
