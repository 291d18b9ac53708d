using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>One field of a model's input, as it was in training.</summary>
/// <param name="MayMiss">Whether a row may leave it out or say null.</param>
/// <param name="Least">The least number in training; a smaller one is taken and counts in the drift.</param>
/// <param name="Categories">Those known, at most 200 of them here.</param>
public sealed record InputField(
    string Name, FeatureKind Kind, bool MayMiss, double? Least, double? Most, ImmutableArray<string> Categories);
