namespace Cairn.Knowledge;

/// <summary>A candidate with its score and its probability of being the one that answers, if one does.</summary>
/// <param name="Index">Its row in the features.</param>
internal readonly record struct RankedCandidate(Candidate Candidate, int Index, double Score, double Probability);
