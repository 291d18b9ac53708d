namespace Cairn.Knowledge.Tests;

/// <summary>Every line that is not blank is a chunk.</summary>
internal sealed class LineChunker : IChunker
{
    public IReadOnlyList<Chunk> Chunk(ParsedDocument document)
    {
        var chunks = new List<Chunk>();
        var start = 0;
        foreach (var line in document.Text.Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(line))
                chunks.Add(new Chunk(start, start + line.Length, document.Title ?? "", document.Pages.IsEmpty ? null : 1));
            start += line.Length + 1;
        }
        return chunks;
    }
}
