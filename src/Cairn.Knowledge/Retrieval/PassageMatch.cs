namespace Cairn.Knowledge;

/// <summary>
/// What a passage gives to each term of a question (<see cref="Scores"/>), through which searched term (<see cref="By"/>), and what its
/// best sentence gives to all of them.
/// </summary>
internal sealed record PassageMatch(Passage Passage, double[] Scores, int[] By, double BestSentence);
