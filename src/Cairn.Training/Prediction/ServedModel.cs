namespace Cairn.Training;

/// <summary>A version in memory, ready to predict.</summary>
internal sealed record ServedModel(int Version, string Hash, FittedModel Model, InputSchema Input, DataProfile Profile);
