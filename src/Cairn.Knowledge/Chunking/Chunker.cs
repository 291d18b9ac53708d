namespace Cairn.Knowledge;

/// <summary>
/// Packs the sentences, list items and table rows under one heading into passages of even length. A heading opens the passage below it;
/// a list item or a table row is only cut when it alone is too long.
/// </summary>
internal sealed class Chunker(ChunkerOptions options) : IChunker
{
    public IReadOnlyList<Chunk> Chunk(ParsedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var chunks = new List<Chunk>();
        var path = new HeadingPath();
        var section = new List<Unit>();
        var opened = -1;
        foreach (var block in Whole(document))
        {
            if (block.Kind == BlockKind.Heading)
            {
                Pack(document, section, path, ref opened, chunks);
                opened = opened < 0 ? block.Start : opened;
                path.Enter(block.Level, document.Text[block.Start..block.End]);
            }
            else
            {
                AddUnits(document.Text, block, section);
            }
        }
        Pack(document, section, path, ref opened, chunks);
        if (opened >= 0)
            AddTrailing(document, opened, path, chunks);
        return chunks;
    }

    /// <summary>The document's blocks, and paragraphs for whatever text lies between them.</summary>
    private static IEnumerable<Block> Whole(ParsedDocument document)
    {
        var at = 0;
        foreach (var block in document.Blocks)
        {
            foreach (var gap in Paragraphs(document.Text, at, block.Start))
                yield return gap;
            if (block.End > block.Start)
                yield return block;
            at = Math.Max(at, block.End);
        }
        foreach (var gap in Paragraphs(document.Text, at, document.Text.Length))
            yield return gap;
    }

    private static IEnumerable<Block> Paragraphs(string text, int start, int end)
    {
        while (start < end)
        {
            var stop = text.IndexOf("\n\n", start, end - start, StringComparison.Ordinal);
            stop = stop < 0 ? end : stop;
            if (!text.AsSpan(start, stop - start).IsWhiteSpace())
                yield return new Block(BlockKind.Paragraph, start, stop);
            start = stop + 2;
        }
    }

    private void AddUnits(string text, Block block, List<Unit> section)
    {
        var words = Words.Count(text.AsSpan(block.Start, block.End - block.Start));
        var whole = block.Kind is BlockKind.TableRow or BlockKind.TableHeader or BlockKind.ListItem;
        if (words <= (whole ? options.MaxWords : options.TargetWords / 3))
        {
            section.Add(new Unit(block.Start, block.End, words, block.Kind));
            return;
        }
        foreach (var (start, end) in block.Kind == BlockKind.Code ? Lines(text, block) : Sentences.Split(text, block.Start, block.End))
            AddSentence(text, start, end, block.Kind, section);
    }

    private void AddSentence(string text, int start, int end, BlockKind kind, List<Unit> section)
    {
        while (Words.Count(text.AsSpan(start, end - start)) is var words)
        {
            var cut = words <= options.MaxWords ? end : Words.Cut(text, start, end, options.TargetWords);
            section.Add(new Unit(start, cut, cut == end ? words : Words.Count(text.AsSpan(start, cut - start)), kind));
            if (cut >= end)
                return;
            start = cut;
        }
    }

    private static IEnumerable<(int, int)> Lines(string text, Block block)
    {
        var start = block.Start;
        while (start < block.End)
        {
            var end = text.IndexOf('\n', start, block.End - start);
            end = end < 0 ? block.End : end;
            if (end > start)
                yield return (start, end);
            start = end + 1;
        }
    }

    /// <summary>Cuts a section into passages of about the same number of words, fewest possible.</summary>
    private void Pack(ParsedDocument document, List<Unit> section, HeadingPath path, ref int opened, List<Chunk> chunks)
    {
        if (section.Count == 0)
            return;
        var left = section.Sum(u => u.Words);
        var pieces = left <= options.MaxWords ? 1 : Math.Max(1, (int)Math.Round((double)left / options.TargetWords));
        var first = 0;
        while (first < section.Count)
        {
            var target = (double)left / Math.Max(1, pieces--);
            var words = section[first].Words;
            var last = first + 1;
            while (last < section.Count && Fits(section, words, last, target))
                words += section[last++].Words;
            left -= words;
            var start = opened >= 0 ? opened : section[first].Start;
            opened = -1;
            chunks.Add(new Chunk(start, section[last - 1].End, path.Text, PageOf(document, section[first].Start)));
            first = last;
        }
        section.Clear();
    }

    private bool Fits(List<Unit> section, int words, int next, double target)
    {
        var with = words + section[next].Words;
        if (with > options.MaxWords)
            return section[next - 1].Kind == BlockKind.TableHeader && next == 1;
        return with <= target || with - target < target - words || section[next - 1].Kind == BlockKind.TableHeader;
    }

    /// <summary>Headings with nothing below them: they join the passage before, else stand alone.</summary>
    private static void AddTrailing(ParsedDocument document, int opened, HeadingPath path, List<Chunk> chunks)
    {
        var end = document.Text.AsSpan().TrimEnd().Length;
        if (chunks.Count > 0)
            chunks[^1] = chunks[^1] with { End = end };
        else
            chunks.Add(new Chunk(opened, end, path.Text, PageOf(document, opened)));
    }

    private static int? PageOf(ParsedDocument document, int offset)
    {
        foreach (var page in document.Pages)
        {
            if (offset < page.End)
                return page.Number;
        }
        return document.Pages.Length > 0 ? document.Pages[^1].Number : null;
    }

    private readonly record struct Unit(int Start, int End, int Words, BlockKind Kind);
}
