using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What a version of a model said, in the order of the rows.</summary>
public sealed record PredictionResult(string Model, int Version, ImmutableArray<Prediction> Predictions, double Milliseconds);
