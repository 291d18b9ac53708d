namespace Cairn.Training;

/// <summary>A version in memory, ready to predict.</summary>
internal sealed record ServedModel(DescribedModel Description, FittedModel Model);
