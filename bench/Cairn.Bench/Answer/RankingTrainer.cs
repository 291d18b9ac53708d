using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Learns the ranking of units: a softmax over a question's candidates, cross-entropy with the unit that holds the gold answer (ListNet's
/// top-one loss), L2, full-batch Adam. No randomness: the same data give the same weights.
/// </summary>
internal static class RankingTrainer
{
    private const int Steps = 300;
    private const double Rate = 0.05;
    private const double Decay = 3;

    public static LinearModel Train(IReadOnlyList<TrainingQuestion> questions)
    {
        var usable = questions.Where(q => q.Gold >= 0).ToList();
        var scale = Standardisation.Of(usable.Select(q => q.Evidence.Features), SentenceFeatures.Count);
        var rows = usable.Select(q => scale.Apply(q.Evidence.Features)).ToList();
        var adam = new Adam(SentenceFeatures.Count, Rate);
        var gradient = new double[SentenceFeatures.Count];
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] = Decay * adam.Weights[i];
            for (var q = 0; q < usable.Count; q++)
                AddGradient(rows[q], usable[q].Gold, adam.Weights, gradient);
            adam.Step(gradient);
        }
        return scale.Undo(adam.Weights, 0) with { Constant = 0 };
    }

    private static void AddGradient(double[] rows, int gold, double[] weights, double[] gradient)
    {
        var width = weights.Length;
        var probabilities = new double[rows.Length / width];
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(rows.AsSpan(i * width, width), weights);
        System.Numerics.Tensors.TensorPrimitives.SoftMax<double>(probabilities, probabilities);
        probabilities[gold] -= 1;
        for (var i = 0; i < probabilities.Length; i++)
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd<double>(rows.AsSpan(i * width, width), probabilities[i], gradient, gradient);
    }
}
