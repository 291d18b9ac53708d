namespace Cairn.Knowledge.Tests;

public sealed class RetrieverTests
{
    private static readonly Principal Ann = new() { Tenant = Tenants.Default, User = "ann" };

    [Fact]
    public async Task A_hit_that_the_database_no_longer_grants_falls_away_and_the_next_one_moves_up()
    {
        var store = new FakePassageStore();
        var index = LexicalIndex.InMemory();
        var documents = Enumerable.Range(1, 60)
            .Select(i => Document($"d{i}", AccessSet.Everyone, i, "crane " + string.Join(' ', Enumerable.Repeat("yard", i)))).ToList();
        index.Apply(documents);
        foreach (var document in documents)
            store.Put(document.Passages[0].Id <= 40
                ? document with { Passages = [document.Passages[0] with { Access = AccessSet.OwnerOnly }] }
                : document);

        var retrieval = await new Retriever(new Fixed(index), store)
            .RetrieveAsync(Ann, new RetrievalQuery { Text = "crane", Top = 5 }, CancellationToken.None);

        Assert.Equal([41, 42, 43, 44, 45], retrieval.Passages.Select(p => p.Passage.Id));
    }

    [Fact]
    public async Task Terms_carry_their_share_of_the_weight_and_the_visible_count()
    {
        var corpus = new MemoryCorpus();
        corpus.Put([Document("a", AccessSet.Everyone, 1, "The crane lifts containers"),
            Document("b", AccessSet.Everyone, 2, "The office is closed"), Document("c", AccessSet.OwnerOnly, 3, "crane crane")]);

        var retrieval = await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = "The cranes" }, CancellationToken.None);

        Assert.Equal(["The", "cranes"], retrieval.Terms.Select(t => t.Typed));
        Assert.Equal(["the", "crane"], retrieval.Terms.Select(t => t.Indexed));
        Assert.Equal([2, 1], retrieval.Terms.Select(t => t.Passages));
        Assert.Equal(1, retrieval.Terms.Sum(t => t.Weight), 6);
        Assert.True(retrieval.Terms[1].Weight > retrieval.Terms[0].Weight);
        Assert.Equal((2, 2), (retrieval.DocumentsVisible, retrieval.PassagesVisible));
    }

    [Fact]
    public async Task Parts_add_up_to_the_score_also_of_what_is_superseded()
    {
        var corpus = new MemoryCorpus();
        var old = Document("old", AccessSet.Everyone, 1, "The crane lifts containers");
        corpus.Put([old with { Passages = [old.Passages[0] with { Superseded = true }] },
            Document("new", AccessSet.Everyone, 2, "The crane lifts ships")]);

        var retrieval = await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = "crane containers" }, CancellationToken.None);

        Assert.All(retrieval.Passages, p => Assert.Equal(p.Score, p.Parts.Values.Sum(), 6));
        Assert.Contains("superseded", retrieval.Passages.Single(p => p.Passage.Superseded).Parts.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?! … ")]
    public async Task A_question_without_words_finds_nothing(string text)
    {
        var corpus = new MemoryCorpus();
        corpus.Put([Document("a", AccessSet.Everyone, 1, "The crane")]);

        var retrieval = await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = text }, CancellationToken.None);

        Assert.Empty(retrieval.Passages);
        Assert.Empty(retrieval.Terms);
    }

    [Fact]
    public async Task A_question_of_100_kB_is_answered_by_its_first_terms()
    {
        var corpus = new MemoryCorpus();
        corpus.Put([Document("a", AccessSet.Everyone, 1, "The crane lifts")]);
        var question = "crane " + string.Join(' ', Enumerable.Range(0, 15_000).Select(i => "word" + i));

        var retrieval = await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = question }, CancellationToken.None);

        Assert.Single(retrieval.Passages);
        Assert.Equal(LexicalQuery.MaxTerms, retrieval.Terms.Length);
    }

    [Fact]
    public async Task A_source_filter_keeps_to_its_sources()
    {
        var corpus = new MemoryCorpus();
        var other = Document("b", AccessSet.Everyone, 2, "The crane lifts");
        corpus.Put([Document("a", AccessSet.Everyone, 1, "The crane lifts"),
            other with { Passages = [other.Passages[0] with { Source = "mail" }] }]);

        var retrieval = await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = "crane", Sources = ["mail"] }, CancellationToken.None);

        Assert.Equal([2], retrieval.Passages.Select(p => p.Passage.Id));
        Assert.Equal(1, retrieval.PassagesVisible);
    }

    private static DocumentPassages Document(string id, AccessSet access, long passage, string text)
        => new(Tenants.Default, id,
        [
            new Passage
            {
                Id = passage, Document = id, Version = 1, Source = "handbook", Path = id, Title = "", HeadingPath = "", Start = 0,
                End = text.Length,
                Text = text, Access = access, Changed = DateTimeOffset.UnixEpoch,
            },
        ]);

    private sealed class Fixed(LexicalIndex index) : IIndexReader
    {
        public Task<LexicalIndex> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(index);
    }
}
