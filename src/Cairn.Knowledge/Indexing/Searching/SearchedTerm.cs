namespace Cairn.Knowledge;

/// <summary>
/// A term that is looked up for a question: one of its own, or one related to it. <see cref="Of"/> is the place of the question's term,
/// <see cref="Likeness"/> (0 to 1) how much the looked-up one counts in its place.
/// </summary>
internal sealed record SearchedTerm(string Term, ReadOnlyMemory<byte> Bytes, int Of, double Likeness);
