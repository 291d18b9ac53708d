namespace Cairn.Training;

/// <summary>A version of a model: an experiment that ended well.</summary>
public sealed record ModelVersion
{
    public required int Version { get; init; }

    public required string Experiment { get; init; }

    /// <summary>SHA-256 of the model file.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required bool IsLive { get; init; }

    public required ExperimentOutcome Outcome { get; init; }
}
