namespace Cairn.Knowledge.Tests;

public sealed class EnglishStemmerTests
{
    [Theory]
    [InlineData("consign consigned consigning consignment", "consign")]
    [InlineData("knack knackeries knacks", "knack knackeri knack")]
    [InlineData("happy happiness happily", "happi happi happili")]
    [InlineData("relational conditional rational", "relat condit ration")]
    [InlineData("generate generous generic", "generat generous generic")]
    [InlineData("communism communities", "communism communiti")]
    [InlineData("skis skies dying news only", "ski sky die news onli")]
    [InlineData("hoping hopping hoped", "hope hop hope")]
    [InlineData("agreed feed sized tanned", "agre feed size tan")]
    [InlineData("say by youth boyish enjoyed", "say by youth boyish enjoy")]
    [InlineData("inning exceed proceeding gas kiwis", "inning exceed proceed gas kiwi")]
    [InlineData("caresses ties cries dogs", "caress tie cri dog")]
    [InlineData("adjustment adoption replacement effective", "adjust adopt replac effect")]
    [InlineData("analogously vileness controllable rolling", "analog vile control roll")]
    [InlineData("be a is", "be a is")]
    public void Words_become_the_stems_of_the_published_algorithm(string words, string stems)
    {
        var expected = stems.Split(' ');
        Assert.All(words.Split(' ').Select((word, i) => (word, i)),
            w => Assert.Equal(expected[Math.Min(w.i, expected.Length - 1)], Stem(w.word)));
    }

    private static string Stem(string word)
    {
        var buffer = new char[word.Length + 2];
        word.CopyTo(buffer);
        return new string(buffer, 0, EnglishStemmer.Stem(buffer, word.Length));
    }
}
