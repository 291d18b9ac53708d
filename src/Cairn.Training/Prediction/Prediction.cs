using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a model says of one row: a class with the probabilities of all, or a number.</summary>
public sealed record Prediction
{
    public string? Label { get; init; }

    public double? Value { get; init; }

    public ImmutableSortedDictionary<string, double>? Probabilities { get; init; }
}
