using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a recipe would learn from and what that would take, before it is trained.</summary>
public sealed record TrainingPlan
{
    public required string Model { get; init; }

    public required TaskKind Task { get; init; }

    public required long DataBytes { get; init; }

    public required int Rows { get; init; }

    public required ImmutableArray<RecipeFeature> Features { get; init; }

    /// <summary>Names of the classes; empty for numbers.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>How many fits there will be: one per fold of each candidate of a search, and the last one.</summary>
    public required int Fits { get; init; }

    /// <summary>Bytes that the training will take, by estimate.</summary>
    public required double Memory { get; init; }

    /// <summary>Bytes that it could take now, beside those that run.</summary>
    public required double MemoryLeft { get; init; }

    /// <summary>Bytes that it could take at most if no other one ran.</summary>
    public required double MemoryWhole { get; init; }

    /// <summary>What was seen and is no error.</summary>
    public required ImmutableArray<string> Notes { get; init; }
}
