namespace Cairn.Knowledge;

/// <summary>A word of a passage: its index term, its kinds, and which term of the question it is (-1: none), exactly or nearly.</summary>
internal readonly record struct EvidenceWord(string Term, WordKinds Kinds, int Asked, int NearlyAsked, double Likeness)
{
    public bool IsContent => (Kinds & WordKinds.Function) == 0;
}
