namespace Cairn.Training;

/// <summary>A row of <c>model_versions</c>.</summary>
internal sealed record VersionRow
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Experiment { get; init; }

    public required string Blob { get; init; }

    public required string Input { get; init; }

    public required string Profile { get; init; }

    public required DateTimeOffset Created { get; init; }
}
