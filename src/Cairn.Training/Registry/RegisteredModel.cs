using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>A model of the registry.</summary>
public sealed record RegisteredModel
{
    public required string Name { get; init; }

    /// <summary>The version that predicts.</summary>
    public required int? Live { get; init; }

    /// <summary>The one that a rollback would bring back.</summary>
    public required int? Previous { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<ModelVersion> Versions { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<ModelEvent> Events { get; init; }
}
