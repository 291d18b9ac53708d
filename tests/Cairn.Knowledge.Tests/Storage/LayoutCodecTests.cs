namespace Cairn.Knowledge.Tests;

public sealed class LayoutCodecTests
{
    [Fact]
    public void Blocks_come_back_as_they_were()
    {
        var random = new Random(7);
        var start = 0;
        var blocks = Enumerable.Range(0, 500).Select(_ =>
        {
            start += random.Next(0, 40);
            return new Block((BlockKind)random.Next(7), start, start += random.Next(1, 5000), random.Next(7),
                random.Next(3) == 0 ? null : random.Next(1, 90));
        }).ToArray();
        Assert.Equal(blocks, LayoutCodec.Blocks(LayoutCodec.Encode(blocks)));
        Assert.Empty(LayoutCodec.Blocks(LayoutCodec.Encode(Array.Empty<Block>())));
    }

    [Fact]
    public void Words_come_back_within_a_fortieth_of_a_point_in_a_third_of_the_bytes()
    {
        var random = new Random(7);
        var words = Enumerable.Range(0, 600)
            .Select(i => new WordBox(i * 6, (i * 6) + 5, 3, random.Next(5000) / 10f, 70 + (i / 12 * 13.2f), random.Next(200, 500) / 10f,
                11.4f))
            .ToArray();
        var bytes = LayoutCodec.Encode((IReadOnlyCollection<WordBox>)words);
        var back = LayoutCodec.Words(bytes, 3);
        Assert.Equal(words.Length, back.Count);
        for (var i = 0; i < words.Length; i++)
        {
            Assert.Equal((words[i].Start, words[i].End, words[i].Page), (back[i].Start, back[i].End, back[i].Page));
            Assert.InRange(Math.Abs(words[i].X - back[i].X), 0, 0.0251);
            Assert.InRange(Math.Abs(words[i].Y - back[i].Y), 0, 0.0251);
            Assert.InRange(Math.Abs(words[i].W - back[i].W), 0, 0.0251);
            Assert.InRange(Math.Abs(words[i].H - back[i].H), 0, 0.0251);
        }
        Assert.True(bytes.Length * 3 < words.Length * 28, $"{bytes.Length} bytes for {words.Length} words");
    }
}
