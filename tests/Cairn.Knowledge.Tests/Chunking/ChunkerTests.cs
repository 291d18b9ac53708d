using System.Collections.Immutable;
using System.Text;

namespace Cairn.Knowledge.Tests;

public sealed class ChunkerTests
{
    private static readonly Chunker Chunker = new(new ChunkerOptions());

    [Fact]
    public void A_passage_begins_with_its_heading_and_knows_the_headings_above()
    {
        var document = Parse("# Harbour\n\nIntro text.\n\n## Berths\n\n### Depth\n\nE1 has 13.5 m.\n\n## Fees\n\nNone.");
        var chunks = Chunker.Chunk(document);
        Assert.Equal(["Harbour", "Harbour › Berths › Depth", "Harbour › Fees"], chunks.Select(c => c.HeadingPath));
        Assert.Equal("Berths\n\nDepth\n\nE1 has 13.5 m.", document.Text[chunks[1].Start..chunks[1].End]);
    }

    [Fact]
    public void A_long_section_becomes_passages_of_even_length_cut_between_sentences()
    {
        var document = Parse("# One\n\n"
            + string.Join(" ", Enumerable.Range(1, 60).Select(i => $"Sentence number {i} has exactly seven words.")));
        var chunks = Chunker.Chunk(document);
        var words = chunks.Select(c => document.Text[c.Start..c.End].Split().Length).ToList();
        Assert.All(words, w => Assert.InRange(w, 90, 171));
        Assert.All(chunks, c => Assert.EndsWith("words.", document.Text[c.Start..c.End]));
    }

    [Fact]
    public void Rows_of_a_table_stay_whole()
    {
        var table = new StringBuilder("| Berth | Length |\n|---|---|\n");
        for (var i = 0; i < 200; i++)
            table.Append($"| B{i} | {i} m |\n");
        var document = Parse(table.ToString());
        var rows = document.Blocks.Select(b => (b.Start, b.End)).ToHashSet();
        Assert.All(Chunker.Chunk(document), c =>
        {
            Assert.Contains(rows, r => r.Start == c.Start);
            Assert.Contains(rows, r => r.End == c.End);
        });
    }

    [Fact]
    public void Encoded_data_without_spaces_is_cut_all_the_same()
    {
        var text = new string('x', 100_000);
        var chunks = Chunker.Chunk(new ParsedDocument { Text = text });
        Assert.All(chunks, c => Assert.InRange(c.End - c.Start, 1, 4000));
        Assert.Equal(text.Length, chunks.Sum(c => c.End - c.Start));
    }

    [Fact]
    public void Passages_cover_the_text_in_order_and_never_cut_a_word()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var document = RandomDocument(random);
            var chunker = new Chunker(new ChunkerOptions { TargetWords = random.Next(5, 60), MaxWords = 70 });
            var at = 0;
            foreach (var chunk in chunker.Chunk(document))
            {
                Assert.True(chunk.Start >= at && chunk.End > chunk.Start && chunk.End <= document.Text.Length);
                Assert.True(string.IsNullOrWhiteSpace(document.Text[at..chunk.Start]));
                Assert.True(chunk.Start == 0 || !char.IsLetterOrDigit(document.Text[chunk.Start - 1])
                    || !char.IsLetterOrDigit(document.Text[chunk.Start]));
                at = chunk.End;
            }
            Assert.True(string.IsNullOrWhiteSpace(document.Text[at..]));
        }
    }

    private static ParsedDocument RandomDocument(Random random)
    {
        var text = new StringBuilder();
        var blocks = ImmutableArray.CreateBuilder<Block>();
        for (var i = random.Next(1, 30); i > 0; i--)
        {
            var start = text.Length;
            var kind = (BlockKind)random.Next(7);
            for (var words = random.Next(1, kind == BlockKind.Heading ? 6 : 200); words > 0; words--)
                text.Append((char)('a' + random.Next(26)), random.Next(1, 12))
                    .Append(random.Next(9) == 0 ? ". " : random.Next(30) == 0 ? "\n" : " ");
            if (random.Next(5) > 0)
                blocks.Add(new Block(kind, start, text.Length - 1, kind == BlockKind.Heading ? random.Next(1, 7) : 0));
            text.Append("\n\n");
        }
        return new ParsedDocument { Text = text.ToString(), Blocks = blocks.ToImmutable() };
    }

    private static ParsedDocument Parse(string markdown) => new MarkdownParser().Parse(Encoding.UTF8.GetBytes(markdown), "a.md", default);
}
