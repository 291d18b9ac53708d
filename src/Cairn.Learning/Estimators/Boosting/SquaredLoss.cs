using System.Numerics.Tensors;

namespace Cairn.Learning;

internal sealed class SquaredLoss(double[] targets) : BoostingLoss
{
    public override int Outputs => 1;

    public override double[] Baseline() => [TensorPrimitives.Sum<double>(targets) / targets.Length];

    public override void Gradients(double[][] scores, int output, Span<double> first, Span<double> second)
    {
        TensorPrimitives.Subtract(scores[0], targets, first);
        second.Fill(1);
    }

    public override double Mean(double[][] scores)
    {
        var distance = TensorPrimitives.Distance<double>(scores[0], targets);
        return distance * distance / targets.Length / 2;
    }
}
