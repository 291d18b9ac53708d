namespace Cairn.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.</summary>
public sealed class TextVectoriserTests
{
    private static readonly string[] Texts =
    [
        "The card has not arrived.", "the new card arrived today", "Where is my card?", "exchange rate of the day",
    ];

    [Fact]
    public void Words_are_weighted_as_by_the_reference()
    {
        var vectoriser = new TfidfVectoriser(new() { Sublinear = true, Ngrams = new() { Longest = 2 } });
        vectoriser.Fit(Texts);
        var rows = vectoriser.Transform(Texts);
        Assert.Equal(["arrived", "arrived today", "card", "card arrived", "card has", "day", "exchange", "exchange rate"],
            vectoriser.Vocabulary.Take(8));
        Assert.Equal((4, 29), (rows.Rows, rows.Columns));
        Table.Close([.289115370447565, 0, .23406380947344266, 0, .3667061877399324, 0], rows.ToDense().Row(0), 1e-12);
        Assert.Equal(11.516634160706133, rows.Values.ToArray().Sum(), 10);
    }

    [Fact]
    public void Characters_inside_words_are_those_of_the_reference()
    {
        var vectoriser = new TfidfVectoriser(new() { Ngrams = new() { Unit = NgramUnit.CharacterInWord, Shortest = 2, Longest = 5 } });
        vectoriser.Fit(Texts);
        var rows = vectoriser.Transform(Texts);
        Assert.Equal((187, 264), (rows.Columns, rows.Values.Length));
        Assert.Equal(31.79269083878298, rows.Values.ToArray().Sum(), 10);
    }

    [Fact]
    public void Words_that_were_not_there_in_training_are_left_out()
    {
        var vectoriser = new TfidfVectoriser();
        vectoriser.Fit(Texts);
        Assert.Equal(0, vectoriser.Transform(["unseen words only"]).Values.Length);
    }

    [Fact]
    public void Counts_are_counts()
    {
        var vectoriser = new TfidfVectoriser(TfidfOptions.Counts with { MaxFeatures = 2 });
        vectoriser.Fit(["b b a", "bb bb aa aa aa", "cc aa bb"]);
        Assert.Equal(["aa", "bb"], vectoriser.Vocabulary);
        Assert.Equal([3, 2], vectoriser.Transform(["aa aa bb aa bb"]).Values.ToArray());
    }

    [Fact]
    public void A_hash_needs_no_vocabulary_and_gives_rows_of_length_1()
    {
        var rows = new HashingVectoriser(columns: 1 << 10).Transform(["never seen before", "never seen before", ""]);
        Assert.Equal(1, rows.RowValues(0).ToArray().Sum(v => v * v), 12);
        Assert.Equal(rows.RowValues(0).ToArray(), rows.RowValues(1).ToArray());
        Assert.Equal(0, rows.RowValues(2).Length);
    }

    [Fact]
    public void Vectorisers_stand_side_by_side()
    {
        var (words, hash) = (new TfidfVectoriser(), new HashingVectoriser(columns: 16));
        var union = new VectoriserUnion(words, hash);
        union.Fit(Texts);
        Assert.Equal(words.Vocabulary.Count + 16, union.Transform(Texts).Columns);
    }

    [Fact]
    public void Texts_without_words_cannot_be_learned_from()
        => Assert.Throws<BadInputException>(() => new TfidfVectoriser().Fit(["", "! ?"]));
}
