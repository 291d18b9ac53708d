using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>A weight for each feature, in the features' order, and a constant.</summary>
internal sealed record LinearModel(ImmutableArray<double> Weights, double Constant = 0)
{
    public double Score(ReadOnlySpan<double> features)
    {
        if (features.Length != Weights.Length)
            throw new ArgumentException($"The model has {Weights.Length} weights, the row {features.Length} features.", nameof(features));
        var score = Constant;
        for (var i = 0; i < features.Length; i++)
            score += Weights[i] * features[i];
        return score;
    }
}
