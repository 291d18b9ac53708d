namespace Cairn.Knowledge;

/// <summary>A row of <c>document_text</c>: a piece of a version's text and the passages that begin in it.</summary>
/// <param name="Passages">As <see cref="PassageCodec"/> writes them.</param>
internal sealed record TextPiece(int Start, string Text, string Passages);
