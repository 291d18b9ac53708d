using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What the next attempt of a training need not do again.</summary>
internal sealed record TrainingCheckpoint
{
    /// <summary>Candidates of the search that were judged.</summary>
    public ImmutableArray<CandidateResult> Candidates { get; init; } = [];

    /// <summary>The blob of the estimator's rounds.</summary>
    public string? Rounds { get; init; }
}
