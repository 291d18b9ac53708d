using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>What the computation of a training leaves, before it is stored.</summary>
internal sealed record TrainingResult(
    FittedModel Model, ExperimentOutcome Outcome, InputSchema Input, DataProfile Profile,
    ImmutableArray<(string Name, string MediaType, byte[] Bytes)> Files);
