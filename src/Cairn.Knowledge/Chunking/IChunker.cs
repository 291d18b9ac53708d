namespace Cairn.Knowledge;

/// <summary>Cuts an extracted text into passages: at headings, paragraphs, table rows and sentences, never inside a word.</summary>
public interface IChunker
{
    /// <returns>Chunks in order; every non-blank character of the text is in at least one.</returns>
    IReadOnlyList<Chunk> Chunk(ParsedDocument document);
}
