namespace Cairn.Learning;

/// <summary>Parameters that share a learning rate and a weight decay.</summary>
public sealed class ParameterGroup(IEnumerable<Tensor> parameters, float learningRate, float weightDecay = 0)
{
    public IReadOnlyList<Tensor> Parameters { get; } = [.. parameters];

    public float LearningRate { get; set; } = learningRate;

    public float WeightDecay { get; set; } = weightDecay;
}
