using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// First and second derivatives of all rows as whole numbers, so that sums do not depend on their order: a histogram taken from its
/// parent's is
/// exact, and two cores give the same tree as one. A row is two words: the first derivative, and the second shifted past a count of 1.
/// </summary>
internal sealed class FixedGradients
{
    private readonly int bits;
    private double firstScale = 1;
    private double secondScale = 1;

    public FixedGradients(int rows)
    {
        bits = BitOperations.Log2((uint)rows) + 1;
        Words = new long[rows * 2];
    }

    /// <summary>Row after row: first derivative, second derivative and count.</summary>
    public long[] Words { get; }

    public double First(long word) => word / firstScale;

    public double Second(long word) => (word >> bits) / secondScale;

    public int Count(long word) => (int)(word & ((1L << bits) - 1));

    public (double First, double Second, int Bits) Scales => (1 / firstScale, 1 / secondScale, bits);

    /// <exception cref="DivergenceException">A derivative is not finite.</exception>
    public void Set(double[] first, double[] second, int round)
    {
        var steepest = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(first)), 1e-300);
        var roundest = Math.Max(TensorPrimitives.Max<double>(second), 1e-300);
        if (!double.IsFinite(steepest + roundest))
            throw new DivergenceException(round, "a derivative of the loss is not finite");
        firstScale = Math.Min(Math.Pow(2, 62 - bits) / steepest, 1e300);
        secondScale = Math.Min(Math.Pow(2, 62 - (2 * bits)) / roundest, 1e300);
        Cores.Split(first.Length, first.Length > 20_000, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Words[2 * i] = (long)Math.Round(first[i] * firstScale);
                Words[(2 * i) + 1] = ((long)Math.Round(second[i] * secondScale) << bits) + 1;
            }
        });
    }
}
