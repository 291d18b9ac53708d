using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What came of a training that ended. What an earlier version of the program did not write is read as nothing.</summary>
public sealed record ExperimentOutcome
{
    public required TaskKind Task { get; init; }

    public required int TrainRows { get; init; }

    public required int TestRows { get; init; }

    public required ImmutableArray<RecipeFeature> Features { get; init; }

    /// <summary>Names of the classes; of two, the later one is positive.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>The estimator as it was learned; after a search, the best one.</summary>
    public required EstimatorChoice Estimator { get; init; }

    public required ImmutableArray<MetricResult> Metrics { get; init; }

    /// <summary>null where the recipe does not ask for it.</summary>
    public MeasuredImportance? Importance { get; init; }

    public ImmutableArray<CandidateResult> Candidates { get; init; } = [];

    /// <summary>What was left off early, in order; empty where everything went to its end.</summary>
    public ImmutableArray<EarlyStop> Stopped { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Artefact> Artefacts { get; init; } = [];

    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The version in the registry that it became.</summary>
    public int Version { get; init; }

    /// <summary>Learning and judging, without waiting; after a break, of the last attempt.</summary>
    public double Seconds { get; init; }
}
