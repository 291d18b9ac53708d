using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>How one field differs from training.</summary>
/// <param name="Stability">The population stability index; null where the field has no bins or nothing was served.</param>
public sealed record FieldDrift(
    string Name, FeatureKind Kind, double? Stability, double MissingBefore, double MissingNow, double NewShare,
    ImmutableArray<string> NewNames, DriftState State);
