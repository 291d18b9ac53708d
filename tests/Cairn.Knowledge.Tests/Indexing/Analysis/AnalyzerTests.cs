namespace Cairn.Knowledge.Tests;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("The Cranes were lifting", "the crane were lift")]
    [InlineData("NM-2041 and nm2041", "nm 2041 nm2041 and nm2041")]
    [InlineData("built-in snake_case", "built in snake case")]
    [InlineData("3.14 of 1,000 in v1.2.3", "3.14 of 1000 in v1.2.3")]
    [InlineData("Café Müller, Straße, Łódź", "cafe muller strass lodz")]
    [InlineData("Cafe\u0301 co\u00ADoperate", "cafe cooper")]
    [InlineData("the company's l'hôtel O’Brien don't", "the compani hotel o'brien don't")]
    [InlineData("ｆｕｌｌ ﬁle", "full file")]
    [InlineData("東京都 x", "東京 京都 x")]
    [InlineData("京", "京")]
    [InlineData("Привет", "привет")]
    [InlineData("--- … !", "")]
    public void Text_becomes_terms(string text, string expected)
        => Assert.Equal(expected, string.Join(' ', Analyzer.Analyze(text).Select(t => t.Term)));

    [Fact]
    public void Offsets_are_those_of_the_words()
    {
        const string Text = "Crane NM-2041’s l'hôtel 東京都";
        Assert.Equal(["Crane", "NM", "2041", "NM-2041", "s", "hôtel", "東京", "京都"],
            Analyzer.Analyze(Text).Select(t => Text[t.Start..t.End]));
    }

    [Fact]
    public void Any_text_gives_offsets_in_order_within_it()
    {
        var random = new Random(3);
        const string Alphabet = "aZ9 .,-_'’\u00AD\u0301\uD83D\uDE00京ßﬃ\u200B\n";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(14)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var last = 0;
            foreach (var term in Analyzer.Analyze(text))
            {
                Assert.True(term.Term.Length > 0 && term.Start < term.End && term.End <= text.Length, text);
                Assert.True(term.Joined || term.Start >= last - 1, text);
                last = term.Start;
            }
        }
    }

    [Fact]
    public void A_word_without_end_is_cut()
        => Assert.Equal(Tokenizer.MaxLength, Assert.Single(Analyzer.Analyze(new string('q', 100_000))).Term.Length);
}
