using Cairn.Knowledge;

namespace Cairn.Bench;

/// <summary>Mean 0 and deviation 1 for each feature, so that one decay suits all.</summary>
internal sealed record Standardisation(double[] Mean, double[] Deviation)
{
    public static Standardisation Of(IEnumerable<double[]> tables, int width)
    {
        var (sum, squares, count) = (new double[width], new double[width], 0);
        foreach (var table in tables)
        {
            for (var i = 0; i < table.Length; i++)
            {
                sum[i % width] += table[i];
                squares[i % width] += table[i] * table[i];
            }
            count += table.Length / width;
        }
        var mean = sum.Select(s => s / count).ToArray();
        return new Standardisation(mean, [.. squares.Select((s, i) => Math.Sqrt(Math.Max(0, (s / count) - (mean[i] * mean[i]))) + 1e-9)]);
    }

    public double[] Apply(double[] table) => [.. table.Select((v, i) => (v - Mean[i % Mean.Length]) / Deviation[i % Mean.Length])];

    /// <summary>The model over raw features that equals these weights over standardised ones.</summary>
    public LinearModel Undo(double[] weights, double constant)
    {
        double[] raw = [.. weights.Select((w, i) => w / Deviation[i])];
        return new LinearModel([.. raw], constant - raw.Select((w, i) => w * Mean[i]).Sum());
    }
}
