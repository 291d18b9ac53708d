namespace Cairn.Knowledge.Tests;

public sealed class ThesaurusTests
{
    [Theory]
    [InlineData("decide", "decision", 0.9)]
    [InlineData("fee", "price", 0.6)]
    [InlineData("vehicle", "lorry", 0.4)]
    [InlineData("hand in", "submit", 0.6)]
    [InlineData("Rechnung", "invoice", 0.6)]
    public void Forms_are_more_alike_than_synonyms_and_these_than_examples_of_a_kind(string word, string related, double least)
        => Assert.Contains(Thesaurus.Of(Key(word)), r => r.Term == Key(related) && r.Likeness >= least);

    [Fact]
    public void Examples_of_a_kind_do_not_stand_for_each_other()
        => Assert.DoesNotContain(Thesaurus.Of(Key("forklift")), r => r.Term == Key("van"));

    [Fact]
    public void A_term_is_not_related_to_itself_and_the_most_alike_comes_first()
    {
        var related = Thesaurus.Of(Key("contract"));

        Assert.NotEmpty(related);
        Assert.DoesNotContain(related, r => r.Term == Key("contract"));
        Assert.Equal(related.OrderByDescending(r => r.Likeness).Select(r => r.Likeness), related.Select(r => r.Likeness));
    }

    [Fact]
    public void No_line_of_the_lists_is_there_twice_or_says_nothing()
    {
        var lines = Lines().ToList();

        Assert.True(lines.Count > 2000);
        Assert.Distinct(lines);
        Assert.All(lines, line => Assert.True(line.Replace(':', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Count()
            > 1, line));
    }

    private static IEnumerable<string> Lines()
    {
        var assembly = typeof(Thesaurus).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Thesaurus.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                    yield return line;
            }
        }
    }

    private static string Key(string word) => string.Join(' ', Analyzer.Analyze(word).Select(t => t.Term));
}
