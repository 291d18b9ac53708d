namespace Cairn.Knowledge;

/// <summary>A term of a question: as typed first, as indexed, how often it stands in the question, and its UTF-8.</summary>
public sealed record LexicalTerm(string Typed, string Indexed, int Repeats, ReadOnlyMemory<byte> Bytes)
{
    internal bool IsFunctionWord { get; } = FunctionWords.Contains(Typed);
}
