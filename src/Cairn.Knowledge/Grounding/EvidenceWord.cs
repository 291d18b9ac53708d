namespace Cairn.Knowledge;

/// <summary>
/// A word of a passage: its index term, its kinds, which term of the question it is (-1: none), exactly or nearly, and the UTF-16 offset
/// behind it in its unit's text.
/// </summary>
internal readonly record struct EvidenceWord(string Term, WordKinds Kinds, int Asked, int NearlyAsked, double Likeness, int End)
{
    public bool IsContent => (Kinds & WordKinds.Function) == 0;
}
