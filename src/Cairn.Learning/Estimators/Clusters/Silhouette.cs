using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// How well rows lie in their clusters (Rousseeuw, 1987): 1 is far from all others, 0 is between two, below is in the wrong one.
/// </summary>
public static class Silhouette
{
    /// <summary>The mean over all rows. It compares every pair: 10,000 rows take seconds.</summary>
    /// <exception cref="BadInputException">There is one cluster only, or each row is its own.</exception>
    public static double Of(Features features, ReadOnlySpan<int> labels)
    {
        FittedShape.Of("silhouette", features, labels.Length);
        var (distinct, positions) = Classifier.Encode(labels);
        if (distinct.Length < 2 || distinct.Length >= labels.Length)
            throw new BadInputException(
                $"silhouette: {distinct.Length} clusters of {labels.Length} rows; it needs 2 to {labels.Length - 1}.");
        var counts = new int[distinct.Length];
        foreach (var position in positions)
            counts[position]++;
        var rows = features.Dense;
        var values = new double[labels.Length];
        Cores.Split(values.Length, values.Length > 200, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var sums = new double[distinct.Length];
                for (var other = 0; other < values.Length; other++)
                    sums[positions[other]] += TensorPrimitives.Distance<double>(rows.Row(row), rows.Row(other));
                var own = positions[row];
                if (counts[own] == 1)
                    continue;
                var within = sums[own] / (counts[own] - 1);
                var nearest = Enumerable.Range(0, sums.Length).Where(k => k != own).Min(k => sums[k] / counts[k]);
                values[row] = Math.Max(within, nearest) == 0 ? 0 : (nearest - within) / Math.Max(within, nearest);
            }
        });
        return values.Average();
    }
}
