namespace Cairn.Knowledge.Tests;

public sealed class SentencesTests
{
    /// <summary>A bar stands where a sentence must end; nowhere else may one end.</summary>
    [Theory]
    [InlineData("The tug waits.| The pilot boards.")]
    [InlineData("Dr. Smith met Mr. J. R. Brown at 5 p.m. in No. 4.| He left.")]
    [InlineData("It cost 3.50 euro, i.e. less than before.| Nobody paid.")]
    [InlineData("See Fig. 2 and Sec. 4.1 for details.| Then stop.")]
    [InlineData("Was it closed?| No.| It was open!| Really.")]
    [InlineData("\"Stop.\"| \"Why?\" she asked.| He said \"now.\"| Then nothing.")]
    [InlineData("1. Call the pilot station.|\n2. Report the draught.|\n3. Wait.")]
    [InlineData("It opened in 1998.| The quay came later.")]
    [InlineData("The U.S. Coast Guard agreed.| It left the U.S.| The rest stayed.")]
    [InlineData("Kosten fallen an, z. B. für Lotsen, d. h. extra.| Der Hafen zahlt.")]
    [InlineData("Am 3. Oktober 2025 und im 19. Jahrhundert war zu.| Danach nicht.")]
    [InlineData("Sie zahlt gem. Abs. 2 Nr. 4 bzw. Art. 5 nichts.| Die Frist läuft.")]
    [InlineData("Berths, sheds, cranes etc. are listed.| Ropes etc.| The end.")]
    [InlineData("Northmoor Ltd. owns it.| Acme Inc. Holdings does not.")]
    [InlineData("He wrote www.example.org and read a.txt today.| Done.")]
    [InlineData("It ended.[12]| The next began (as planned).| (It was late.)| Good.")]
    [InlineData("Wait... then go.| Wait...| Then go.")]
    [InlineData("Heading\n|A line without a stop\n|Another one")]
    [InlineData("John F. Kennedy came.| Vitamin C.| The dose is 5 mg.")]
    [InlineData("門は閉まる。|船は待つ。")]
    [InlineData("It costs 1.500,25 EUR.| Then 3.5 m.")]
    [InlineData("See e.g. the plan.| Dr. Smith signs.")]
    [InlineData("Berth no. 7 is free.| The answer is no.| Ask again.")]
    [InlineData("Am 3. März 2026 gilt es.| Danach nicht.")]
    [InlineData("- a b|\n- c d")]
    [InlineData("no end")]
    [InlineData("")]
    public void Sentences_end_where_a_reader_says(string marked)
    {
        var text = marked.Replace("|", "");
        var expected = marked.Split('|').Select(s => s.Trim()).Where(s => s.Length > 0);
        Assert.Equal(expected, Sentences.Split(text).Select(s => text[s.Start..s.End]));
    }

    [Fact]
    public void Offsets_of_a_part_refer_to_the_whole_text()
    {
        const string text = "One two. Three four. Five six.";
        Assert.Equal(["Three four.", "Five"], Sentences.Split(text, 9, 25).Select(s => text[s.Start..s.End]));
    }

    [Fact]
    public void Sentences_cover_every_character_that_is_not_blank_in_order()
    {
        var random = new Random(7);
        const string alphabet = "abcXYZ .!?\n\"'()[]0123456789,;:-–„“éß。 Dr.No. ";
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(120)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var at = 0;
            foreach (var (start, end) in Sentences.Split(text))
            {
                Assert.True(start >= at && end > start, text);
                Assert.True(string.IsNullOrWhiteSpace(text[at..start]), text);
                at = end;
            }
            Assert.True(string.IsNullOrWhiteSpace(text[at..]), text);
        }
    }
}
