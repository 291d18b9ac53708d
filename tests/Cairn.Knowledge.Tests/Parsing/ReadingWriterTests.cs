using System.Text;

namespace Cairn.Knowledge.Tests;

public sealed class ReadingWriterTests
{
    private const string Letters = "ab~! \t  \n\r\u00A0\u00AD\u2028\u200B\u0308aoé中ﬁ\u3000.\u0007\uFEFF-";

    [Theory]
    [InlineData(" a  b ", "a b")]
    [InlineData("a \n b", "a b")]
    [InlineData("\u00A0a\u00A0 \tb", "a b")]
    [InlineData("wor\u00ADkflow ﬁnds", "workflow finds")]
    [InlineData("u\u0308ber", "über")]
    public void White_space_flows_and_characters_are_composed(string text, string read) => Assert.Equal(read, ReadingText.Of(text));

    [Fact]
    public void Line_ends_stay_where_they_are_wanted()
    {
        Assert.Equal("a\nb", ReadingText.Of("a \r\n b ", Whitespace.Lines));
        Assert.Equal("a\n  b    c", ReadingText.Of("a  \n  b\tc", Whitespace.Keep));
    }

    [Fact]
    public void A_text_in_parts_reads_as_the_whole()
    {
        var random = new Random(3);
        foreach (var whitespace in Enum.GetValues<Whitespace>())
        {
            for (var n = 0; n < 2000; n++)
            {
                var text = new string(Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)]).ToArray());
                var target = new StringBuilder("before");
                var writer = new ReadingWriter(target);
                writer.Begin(whitespace);
                foreach (var letter in text.Replace("\r\n", "\n", StringComparison.Ordinal))
                    writer.Append([letter]);
                Assert.Equal("before" + ReadingText.Of(text, whitespace), target.ToString());
                Assert.Equal(target.Length == 6, writer.IsEmpty);
            }
        }
    }
}
