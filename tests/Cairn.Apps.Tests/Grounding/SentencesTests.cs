namespace Cairn.Apps.Tests;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("It costs 1.500,25 EUR. Then 3.5 m.", "It costs 1.500,25 EUR.|Then 3.5 m.")]
    [InlineData("See e.g. the plan. Dr. Smith signs.", "See e.g. the plan.|Dr. Smith signs.")]
    [InlineData("Berth no. 7 is free. The answer is no. Ask again.", "Berth no. 7 is free.|The answer is no.|Ask again.")]
    [InlineData("1. First\n2. Second\n", "1. First|2. Second")]
    [InlineData("- a b\n- c d", "- a b|- c d")]
    [InlineData("Am 3. März 2026 gilt es. Danach nicht.", "Am 3. März 2026 gilt es.|Danach nicht.")]
    [InlineData("He said \"go.\" They went.", "He said \"go.\"|They went.")]
    [InlineData("一。二。", "一。|二。")]
    [InlineData("  \n ", "")]
    [InlineData("no end", "no end")]
    public void Text_is_cut_where_a_reader_would(string text, string expected)
        => Assert.Equal(expected, string.Join('|', Sentences.Split(text).Select(s => s.Of(text))));

    [Fact]
    public void Sentences_are_in_order_trimmed_and_lose_nothing_but_white_space()
    {
        var random = new Random(5);
        const string Alphabet = "aB1 .!?\n\"(e.g. no. 🚢 é";
        for (var i = 0; i < 5000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var spans = Sentences.Split(text);
            Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(spans.SelectMany(s => s.Of(text)).Where(c => !char.IsWhiteSpace(c))));
            Assert.All(spans, s => Assert.Equal(s.Of(text).Trim(), s.Of(text)));
            Assert.Equal(spans.OrderBy(s => s.Start), spans);
        }
    }
}
