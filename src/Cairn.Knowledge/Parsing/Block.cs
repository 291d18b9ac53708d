namespace Cairn.Knowledge;

/// <summary>
/// A structural piece of an extracted text, by UTF-16 offsets. Blocks are in order and never overlap. <see cref="Level"/> is a
/// heading's level (1 to 6) or a list item's depth (from 1). The cells of a table row are separated by " | " in the text.
/// </summary>
public sealed record Block(BlockKind Kind, int Start, int End, int Level = 0, int? Page = null);
