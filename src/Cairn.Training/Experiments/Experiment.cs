using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>One training: what it learned from, how, and what came of it.</summary>
public sealed record Experiment
{
    public required string Id { get; init; }

    /// <summary>The model that it makes a version of.</summary>
    public required string Model { get; init; }

    public required ExperimentStatus Status { get; init; }

    public required string Job { get; init; }

    public required string User { get; init; }

    public required Recipe Recipe { get; init; }

    /// <summary>SHA-256 of the data file, which is kept.</summary>
    public required string DataHash { get; init; }

    public required long DataBytes { get; init; }

    /// <summary>Of Cairn, with the commit it was built from.</summary>
    public required string CodeVersion { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    public ExperimentProgress? Progress { get; init; }

    /// <summary>What a person asked it to leave off and it has not left off yet.</summary>
    public TrainingStage? Stopping { get; init; }

    /// <summary>null until done.</summary>
    public ExperimentOutcome? Outcome { get; init; }

    public string? Error { get; init; }
}
