namespace Cairn.Knowledge;

/// <summary>
/// A term and the part of the text it stands for. A <see cref="Joined"/> one repeats the parts before it (<c>nm</c>, <c>2041</c>, then
/// <c>nm2041</c>) and takes no place of its own.
/// </summary>
public readonly record struct AnalyzedTerm(string Term, int Start, int End, bool Joined);
