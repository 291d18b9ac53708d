namespace Cairn.Knowledge.Tests;

public sealed class PassageRankingTests
{
    private static readonly Principal Ann = new() { Tenant = Tenants.Default, User = "ann" };

    [Fact]
    public async Task Many_relatives_of_one_word_do_not_outweigh_the_words_of_the_question()
    {
        var ranked = await RankAsync("parking fee", "Charges, prices, costs and tariffs: every charge has a price and a cost.",
            "The fee for parking is listed here.");

        Assert.Equal(2, ranked[0].Passage.Id);
    }

    [Fact]
    public async Task Words_together_in_one_sentence_beat_the_same_words_scattered()
    {
        var ranked = await RankAsync(
            "crane operator licence",
            "The crane is red. The yard is large. An operator waits. The gate is new. A licence is blue.",
            "Each crane operator holds a licence. The yard is large. The gate is new. Somebody waits and it is blue.");

        Assert.Equal(2, ranked[0].Passage.Id);
        Assert.True(ranked[0].Parts["sentence"] > ranked[1].Parts["sentence"]);
    }

    [Fact]
    public async Task Two_words_of_the_question_beat_one_that_is_a_little_rarer_than_both()
    {
        string[] others =
        [
            "zorbel a b c", "zorbel a b c", "zorbel a b c", "quimp a b c", "quimp a b c", "quimp a b c", "a b c d", "a b c d", "a b c d",
            "a b c d",
        ];

        var ranked = await RankAsync("flamingo zorbel quimp", ["flamingo a b c", "zorbel quimp b c", .. others]);

        Assert.Equal([2, 1], ranked.Take(2).Select(p => p.Passage.Id));
    }

    [Fact]
    public async Task What_a_related_word_gives_is_named_and_the_parts_add_up()
    {
        var ranked = await RankAsync("truck", "The lorry waits.", "Nothing to see.");

        Assert.Contains("related:lorri", ranked[0].Parts.Keys);
        Assert.Equal(ranked[0].Score, ranked[0].Parts.Values.Sum(), 9);
    }

    [Fact]
    public async Task The_score_is_the_same_to_the_last_digit_in_every_process()
    {
        string[] words = ["crane", "gantry", "brake", "licence", "operator", "yard", "container", "inspection"];
        string[] texts = [.. Enumerable.Range(1, 60)
            .Select(n => string.Join(". ", words.Where((_, w) => (n * 37 >> w) % 2 == 0)) + ", seen by the foreman.")];

        var ranked = await RankAsync(string.Join(' ', words), texts);

        // A dictionary of strings is enumerated in an order of the process's own; the order of the question is everybody's.
        string[] order = [.. words.Select(w => "bm25:" + Analyzer.Analyze(w)[0].Term), "sentence", "document"];
        Assert.All(ranked, p => Assert.Equal(order[..^2].Sum(k => p.Parts.GetValueOrDefault(k)) + p.Parts["sentence"] + p.Parts["document"],
            p.Score));
    }

    [Fact]
    public async Task A_hidden_passage_changes_no_rank_and_no_score()
    {
        string[] texts = ["The lorry waits at the gate.", "A truck pays a fee at the gate.", "Prices for trucks."];
        var alone = Corpus(texts);
        var beside = Corpus(texts);
        beside.Put([Document(99, "truck truck lorry fee price charge gate", AccessSet.OwnerOnly)]);

        var (expected, actual) = (await AskAsync(alone, "truck fee"), await AskAsync(beside, "truck fee"));

        Assert.Equal(expected.Select(p => (p.Passage.Id, p.Score)), actual.Select(p => (p.Passage.Id, p.Score)));
    }

    private static Task<IReadOnlyList<RetrievedPassage>> RankAsync(string question, params string[] texts)
        => AskAsync(Corpus(texts), question);

    private static MemoryCorpus Corpus(string[] texts)
    {
        var corpus = new MemoryCorpus();
        corpus.Put([.. texts.Select((text, i) => Document(i + 1, text, AccessSet.Everyone))]);
        return corpus;
    }

    private static async Task<IReadOnlyList<RetrievedPassage>> AskAsync(MemoryCorpus corpus, string question)
        => (await corpus.RetrieveAsync(Ann, new RetrievalQuery { Text = question }, CancellationToken.None)).Passages;

    private static DocumentPassages Document(long id, string text, AccessSet access)
        => new(Tenants.Default, $"d{id}",
        [
            new Passage
            {
                Id = id, Document = $"d{id}", Version = 1, Source = "handbook", Path = $"d{id}.md", Title = "", HeadingPath = "", Start = 0,
                End = text.Length,
                Text = text, Access = access, Changed = DateTimeOffset.UnixEpoch,
            },
        ]);
}
