namespace Cairn.Training;

/// <summary>What a version takes and was trained on; known without its model, which may be damaged.</summary>
internal sealed record DescribedModel(int Version, InputSchema Input, DataProfile Profile);
