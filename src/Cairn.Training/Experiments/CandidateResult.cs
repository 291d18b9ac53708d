using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>One combination of a search and its metric on each fold.</summary>
public sealed record CandidateResult(ImmutableSortedDictionary<string, string> Options, ImmutableArray<double> Scores)
{
    public double Mean => Scores.Average();
}
