namespace Cairn.Knowledge;

/// <summary>A distinct content word of a question: as typed, as indexed, its inverse document frequency among what the caller
/// sees, and in how many of these passages it stands.</summary>
internal sealed record QuestionTerm(string Typed, string Term, double Weight, int Passages, bool IsName);
