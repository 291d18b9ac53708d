using System.Text.Json;

namespace Cairn.Training;

/// <summary>A row of <c>experiments</c>.</summary>
internal sealed record ExperimentRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string Model { get; init; }

    public required string Job { get; init; }

    public required string UserName { get; init; }

    public required string Recipe { get; init; }

    public required string DataHash { get; init; }

    public required long DataBytes { get; init; }

    public required string CodeVersion { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public string? Outcome { get; init; }

    /// <summary>The stage that it is in, as <see cref="TrainingStage"/> names it; null before its first.</summary>
    public string? Stage { get; init; }

    /// <summary>The last stage that a person asked to leave off, as <see cref="TrainingStage"/> names it.</summary>
    public string? StopStage { get; init; }

    public TrainingStage? ReadStage() => Stage is null ? null : Enum.Parse<TrainingStage>(Stage);

    public TrainingStage? ReadStop() => StopStage is null ? null : Enum.Parse<TrainingStage>(StopStage);

    public Recipe ReadRecipe() => JsonSerializer.Deserialize(Recipe, TrainingJson.Default.Recipe)!;

    public ExperimentOutcome? ReadOutcome()
        => Outcome is null ? null : JsonSerializer.Deserialize(Outcome, TrainingJson.Default.ExperimentOutcome);
}
