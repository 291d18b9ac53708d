using System.Numerics.Tensors;
using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>
/// Learns the ranking of units: a softmax over a question's candidates, cross-entropy with those that hold the gold answer (ListNet's
/// top-one loss), L2, full-batch Adam. No randomness: the same data give the same weights.
/// </summary>
internal static class RankingTrainer
{
    private const int Steps = 300;
    private const double Rate = 0.05;
    private const double Decay = 3;

    public static LinearModel Train(IReadOnlyList<TrainingQuestion> questions)
    {
        var usable = questions.Where(q => q.Gold.Count > 0).ToList();
        var scale = Standardisation.Of(usable.Select(q => q.Evidence.Features), SentenceFeatures.Count);
        var rows = usable.Select(q => scale.Apply(q.Evidence.Features)).ToList();
        var adam = new Adam(SentenceFeatures.Count, Rate);
        var gradient = new double[SentenceFeatures.Count];
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] = Decay * adam.Weights[i];
            for (var q = 0; q < usable.Count; q++)
                AddGradient(rows[q], usable[q], adam.Weights, gradient);
            adam.Step(gradient);
        }
        return scale.Undo(adam.Weights, 0) with { Constant = 0 };
    }

    private static void AddGradient(double[] rows, TrainingQuestion question, double[] weights, double[] gradient)
    {
        var width = weights.Length;
        var probabilities = new double[rows.Length / width];
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = TensorPrimitives.Dot<double>(rows.AsSpan(i * width, width), weights);
        TensorPrimitives.SoftMax<double>(probabilities, probabilities);
        var gold = Math.Max(question.Gold.Sum(i => probabilities[i]), 1e-300);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var wanted = question.Gold.Contains(i) ? probabilities[i] / gold : 0;
            TensorPrimitives.MultiplyAdd<double>(rows.AsSpan(i * width, width), question.Weight * (probabilities[i] - wanted), gradient,
                gradient);
        }
    }
}
