namespace Cairn.Knowledge;

/// <summary>A chunk of an extracted text by UTF-16 offsets, with the headings above it (joined by " › ") and its first page.</summary>
public sealed record Chunk(int Start, int End, string HeadingPath, int? Page);
