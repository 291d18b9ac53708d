using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Two classes: the score is the logarithm of the odds of class 1.</summary>
internal sealed class LogisticLoss : BoostingLoss
{
    private readonly double[] labels;

    public LogisticLoss(int[] labels) => this.labels = Array.ConvertAll(labels, l => (double)l);

    public override int Outputs => 1;

    public override double[] Baseline()
    {
        var share = TensorPrimitives.Sum<double>(labels) / labels.Length;
        return [Math.Log(share / (1 - share))];
    }

    public override void Gradients(double[][] scores, int output, Span<double> first, Span<double> second)
    {
        TensorPrimitives.Sigmoid(scores[0], first);
        TensorPrimitives.Subtract(1.0, first, second);
        TensorPrimitives.Multiply(second, first, second);
        TensorPrimitives.Subtract(first, labels, first);
    }

    public override double Mean(double[][] scores)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var score = scores[0][i];
            sum += Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (labels[i] * score);
        }
        return sum / labels.Length;
    }
}
