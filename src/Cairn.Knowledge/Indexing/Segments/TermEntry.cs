namespace Cairn.Knowledge;

/// <summary>
/// A term in one segment's dictionary: how many passages hold it (deleted ones included) and where its postings are; a term of one
/// passage has no postings, the passage and its frequency code stand here.
/// </summary>
internal readonly record struct TermEntry(int Passages, long Offset, uint OnlyPassage, byte OnlyFrequency);
