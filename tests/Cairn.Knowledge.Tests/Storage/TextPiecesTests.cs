namespace Cairn.Knowledge.Tests;

public sealed class TextPiecesTests
{
    [Fact]
    public void Pieces_make_up_the_text_and_hold_each_passage_where_it_starts()
    {
        var random = new Random(11);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => i % 5 == 0 ? "\U0001F6A2" : "ab "));
        var passages = new List<Chunk>();
        for (var start = 0; start < text.Length - 4000; start += random.Next(1, 3000))
            passages.Add(new Chunk(start, start + random.Next(1, 4000), random.Next(3) == 0 ? "" : $"Rules › Part {random.Next(3)}",
                random.Next(2) == 0 ? null : random.Next(1, 90)));
        var pieces = TextPieces.Of(text, passages);
        Assert.True(pieces.Length > 2);
        Assert.Equal(text, string.Concat(pieces.Select(p => p.Text)));
        Assert.All(pieces, p => Assert.False(char.IsLowSurrogate(p.Text[0])));
        Assert.All(pieces, p => Assert.All(PassageCodec.Decode(p.Start, p.Passages),
            c => Assert.InRange(c.Start, p.Start, p.Start + p.Text.Length - 1)));
        Assert.Equal(passages, pieces.SelectMany(p => PassageCodec.Decode(p.Start, p.Passages)));
    }

    [Fact]
    public void A_passages_number_says_where_it_stands()
    {
        var number = PassageNumber.Of(7_000_000_000, 200_000_000);
        Assert.Equal((7_000_000_000, 200_000_000), (PassageNumber.Version(number), PassageNumber.Start(number)));
        Assert.True(PassageNumber.Of(7, 1) < PassageNumber.Of(7, 2) && PassageNumber.Of(7, 200_000_000) < PassageNumber.Of(8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassageNumber.Of(1, 1 << 28));
    }
}
