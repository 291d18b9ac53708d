using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Logarithms of weights as shares of 1.</summary>
internal static class LogShares
{
    public static void ToShares(Span<double> logs)
    {
        TensorPrimitives.Subtract(logs, TensorPrimitives.Max<double>(logs), logs);
        TensorPrimitives.SoftMax(logs, logs);
    }
}
