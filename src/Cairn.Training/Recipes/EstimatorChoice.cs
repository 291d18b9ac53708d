using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>An estimator by its kind, with its options as the recipe writes them.</summary>
public sealed record EstimatorChoice
{
    public required string Kind { get; init; }

    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public EstimatorChoice With(IReadOnlyDictionary<string, string> options) => this with { Options = Options.SetItems(options) };

    public bool IsSame(EstimatorChoice? other) => other is not null && Kind == other.Kind && Options.SequenceEqual(other.Options);

    public override string ToString()
        => Options.IsEmpty ? Kind : $"{Kind} ({string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))})";
}
