using System.Numerics.Tensors;

namespace Cairn.Learning;

internal sealed class SquaredLoss(double[] targets) : BoostingLoss
{
    public override int Outputs => 1;

    public override double[] Baseline() => [TensorPrimitives.Sum<double>(targets) / targets.Length];

    /// <summary>The targets' standard deviation; 1 where all are equal.</summary>
    public override double Unit { get; } = Deviation(targets);

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

    private static double Deviation(double[] targets)
    {
        var mean = TensorPrimitives.Sum<double>(targets) / targets.Length;
        var farthest = targets.Max(t => Math.Abs(t - mean));
        // In shares of the farthest one, as squares of very small or large numbers have no room in a double.
        return farthest == 0 ? 1 : farthest * Math.Sqrt(targets.Average(t => (t - mean) / farthest * ((t - mean) / farthest)));
    }
}
