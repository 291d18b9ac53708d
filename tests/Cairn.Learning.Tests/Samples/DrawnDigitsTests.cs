namespace Cairn.Learning.Tests;

public sealed class DrawnDigitsTests
{
    [Fact]
    public void Every_digit_is_drawn_equally_often_with_ink_on_paper()
    {
        var (images, labels) = DrawnDigits.Draw(50, new Seeded(1));
        Assert.Equal("(50, 1, 28, 28)", images.Shape.ToString());
        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5], labels.Unique().Counts.ToArray());
        Assert.InRange(images.Min(), 0, 0.1f);
        Assert.InRange(images.Max(), 0.9f, 1f);
        Assert.InRange(images.Mean(), 0.08f, 0.3f);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_no_two_drawings_are_alike()
    {
        var first = DrawnDigits.Draw([3, 3], new Seeded(2)).Images;
        Assert.Equal(first.ToArray(), DrawnDigits.Draw([3, 3], new Seeded(2)).Images.ToArray());
        Assert.NotEqual(first[0..1].ToArray(), first[1..2].ToArray());
    }

    [Fact]
    public void What_is_no_digit_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => DrawnDigits.Draw([10], new Seeded(1)));
}
