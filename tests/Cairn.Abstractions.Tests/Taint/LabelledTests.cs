namespace Cairn.Abstractions.Tests;

public sealed class LabelledTests
{
    [Fact]
    public void Combining_joins_the_origins_and_nothing_removes_one()
    {
        var typed = new Labelled<string>("berth", Origin.User);
        var read = new Labelled<int>(4, Origin.Document);
        var both = typed.Combine(read, (word, number) => $"{word} {number}").Map(text => text.Length);
        Assert.Equal(Origin.User | Origin.Document, both.Origins);
        Assert.False(typed.IsTainted);
        Assert.True(both.IsTainted);
    }

    [Theory]
    [InlineData(Origin.Web)]
    [InlineData(Origin.Mail)]
    [InlineData(Origin.Tool)]
    [InlineData(Origin.Model)]
    public void What_comes_from_outside_or_from_a_model_is_tainted(Origin origin)
        => Assert.True(new Labelled<int>(1, origin | Origin.User).IsTainted);
}
