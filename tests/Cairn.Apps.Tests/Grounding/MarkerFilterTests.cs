namespace Cairn.Apps.Tests;

public sealed class MarkerFilterTests
{
    [Theory]
    [InlineData("Four days [1].", "Four days.", "9:1")]
    [InlineData("Four days.[1] Next.[2]", "Four days. Next.", "10:1 16:2")]
    [InlineData("Four days [1][2].", "Four days.", "9:1 9:2")]
    [InlineData("Four days [1, 3].", "Four days.", "9:1,3")]
    [InlineData("Four days [1-3].", "Four days.", "9:1,2,3")]
    [InlineData("Four days [passage 2].", "Four days.", "9:2")]
    [InlineData("Four days 【2†source】.", "Four days.", "9:2")]
    [InlineData("Four days [^3].", "Four days.", "9:3")]
    [InlineData("[1] Four days.", "Four days.", "0:1")]
    [InlineData("- One [1]\n- Two [2]\n", "- One\n- Two\n", "5:1 11:2")]
    [InlineData("Four days [9].", "Four days.", "")]
    [InlineData("Four days [0].", "Four days.", "")]
    [InlineData("Four days [999].", "Four days.", "")]
    [InlineData("Four days [1, 9].", "Four days.", "9:1")]
    [InlineData("Rule [a] and [2024] and [sic].", "Rule [a] and [2024] and [sic].", "")]
    [InlineData("An open [ bracket", "An open [ bracket", "")]
    [InlineData("An open [1", "An open [1", "")]
    [InlineData("[[1]]", "[]", "1:1")]
    [InlineData("[1000000000000000000000000]", "[1000000000000000000000000]", "")]
    [InlineData("[1][1][1]", "", "0:1 0:1 0:1")]
    [InlineData("trailing   ", "trailing", "")]
    public void Markers_are_taken_out_however_the_text_is_cut(string text, string expected, string markers)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var filter = new MarkerFilter(3);
            var shown = string.Concat(text.Chunk(size).Select(c => filter.Accept(new string(c)))) + filter.Finish();
            Assert.Equal(expected, shown);
            Assert.Equal(expected, filter.Text);
            Assert.Equal(markers, string.Join(' ', filter.Markers.Select(m => $"{m.Position}:{string.Join(',', m.Passages)}")));
        }
    }

    [Fact]
    public void Any_text_gives_markers_inside_the_text_and_of_passages_that_exist()
    {
        var random = new Random(3);
        const string Alphabet = "ab1239 [],.-–\n【】^†:(";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var filter = new MarkerFilter(3);
            var shown = filter.Accept(text) + filter.Finish();
            Assert.Equal(filter.Text, shown);
            Assert.All(filter.Markers,
                m => Assert.True(m.Position >= 0 && m.Position <= shown.Length && m.Passages.All(p => p is >= 1 and <= 3)));
        }
    }
}
