using System.Collections.Immutable;
using Cairn.Testing;

namespace Cairn.Knowledge.Tests;

public sealed class LexicalIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Results_equal_brute_force_over_what_the_caller_may_see(int seed)
    {
        using var folder = new TemporaryFolder();
        var corpus = new RandomCorpus(seed);
        var index = seed % 2 == 0 ? LexicalIndex.InMemory() : LexicalIndex.Open(folder.Path);
        for (var round = 0; round < 25; round++)
        {
            index.Apply(Enumerable.Range(0, 1 + corpus.Next(30)).Select(_ => corpus.Change(documents: 150, maxPassages: 8)).ToList());
            if (corpus.Next(6) == 0)
                index.MergeAll();
            if (corpus.Next(2) == 0)
                index.Merge();
            if (seed % 2 == 1 && corpus.Next(5) == 0)
            {
                index.Commit(round);
                index = LexicalIndex.Open(folder.Path);
            }
            for (var query = 0; query < 12; query++)
                AssertEqualsBruteForce(index, corpus);
        }
    }

    [Fact]
    public void A_corpus_of_many_blocks_is_ranked_as_by_brute_force()
    {
        var corpus = new RandomCorpus(7);
        var index = LexicalIndex.InMemory();
        index.Apply([.. Enumerable.Range(0, 1500).Select(_ => corpus.Change(documents: 100_000, maxPassages: 12))]);
        index.Apply([.. Enumerable.Range(0, 100).Select(_ => corpus.Change(documents: 100_000, maxPassages: 12))]);
        for (var query = 0; query < 25; query++)
            AssertEqualsBruteForce(index, corpus);
    }

    [Fact]
    public void A_hidden_document_changes_no_score_and_no_count()
    {
        var (with, without) = (LexicalIndex.InMemory(), LexicalIndex.InMemory());
        var visible = Document("seen", AccessSet.Everyone, 1, "The crane lifts twelve tonnes", "Crane drivers rest after four hours");
        var hidden = Document("hidden", AccessSet.OwnerOnly, 3, "The crane crane crane is for sale", "Nobody may know");
        without.Apply([visible]);
        with.Apply([visible, hidden]);
        var caller = new Principal { Tenant = Tenants.Default, User = "ann" };
        var query = LexicalQuery.Parse("what does the crane lift");

        var (expected, actual) = (without.Search(without.Scope(caller), query, 10), with.Search(with.Scope(caller), query, 10));

        Assert.Equal(expected.Hits.Select(h => (h.Passage, h.Score)), actual.Hits.Select(h => (h.Passage, h.Score)));
        Assert.Equal(expected.Found, actual.Found);
        Assert.Equal(2, with.Scope(caller).Passages);
        Assert.Equal(1, with.Scope(caller).Documents);
    }

    [Fact]
    public void A_passage_in_other_words_is_found_behind_one_in_the_questions_own()
    {
        var index = LexicalIndex.InMemory();
        index.Apply([Document("a", AccessSet.Everyone, 1, "The lorry waits at the gate"),
            Document("b", AccessSet.Everyone, 2, "The truck waits at the gate"), Document("c", AccessSet.Everyone, 3, "Coffee waits")]);

        var hits = index.Search(index.Scope(Principal.Owner()), LexicalQuery.Parse("truck"), 10).Hits;

        Assert.Equal([2, 1], hits.Select(h => h.Passage));
    }

    [Fact]
    public void A_superseded_passage_stands_behind_an_equal_one_and_is_still_found()
    {
        var index = LexicalIndex.InMemory();
        var old = Document("old", AccessSet.Everyone, 1, "Parental leave is ten weeks");
        index.Apply([old with { Passages = [old.Passages[0] with { Superseded = true }] },
            Document("new", AccessSet.Everyone, 2, "Parental leave is twelve weeks")]);

        var hits = index.Search(index.Scope(Principal.Owner()), LexicalQuery.Parse("parental leave weeks"), 10).Hits;

        Assert.Equal([2, 1], hits.Select(h => h.Passage));
    }

    private static void AssertEqualsBruteForce(LexicalIndex index, RandomCorpus corpus)
    {
        var (caller, sources, question, top) = (corpus.Caller(), corpus.SourceFilter(), corpus.Words(1 + corpus.Next(9)),
            1 + corpus.Next(20));
        var expected = BruteForce.Search(corpus.Documents.Values, caller, sources, question, top);
        var actual = index.Search(index.Scope(caller, sources?.ToImmutableArray()), LexicalQuery.Parse(question), top);
        Assert.Equal(expected, actual.Hits.Select(h => (h.Passage, h.Score)));
    }

    private static DocumentPassages Document(string id, AccessSet access, long firstPassage, params string[] texts)
        => new(Tenants.Default, id,
        [
            .. texts.Select((text, i) => new Passage
            {
                Id = firstPassage + i, Document = id, Version = 1, Source = "handbook", Path = id + ".md", Title = "", HeadingPath = "",
                Start = 0,
                End = text.Length, Text = text, Access = access, Changed = DateTimeOffset.UnixEpoch,
            }),
        ]);
}
