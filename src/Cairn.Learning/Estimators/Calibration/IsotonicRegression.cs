namespace Cairn.Learning;

/// <summary>
/// The never falling step function nearest to the targets (pool adjacent violators; Ayer et al., 1955), linear between its points and
/// flat beyond them. Over
/// scores and classes 0 and 1 it makes probabilities of a classifier's scores.
/// </summary>
public sealed class IsotonicRegression
{
    private double[] x = [];
    private double[] y = [];

    /// <exception cref="ShapeException">The columns differ in length.</exception>
    public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets)
    {
        Pairs.Require("IsotonicRegression", targets.Length, scores.Length);
        Pairs.RequireFinite("IsotonicRegression", "scores", scores);
        Pairs.RequireFinite("IsotonicRegression", "target", targets);
        var (keys, values) = (scores.ToArray(), targets.ToArray());
        Array.Sort(keys, values);
        List<(double Low, double High, double Sum, int Count)> blocks = [];
        for (var i = 0; i < keys.Length;)
        {
            // Equal scores are one point.
            var (from, sum) = (i, 0.0);
            for (; i < keys.Length && keys[i] == keys[from]; i++)
                sum += values[i];
            var block = (Low: keys[from], High: keys[from], Sum: sum, Count: i - from);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count >= block.Sum / block.Count)
            {
                block = (blocks[^1].Low, block.High, blocks[^1].Sum + block.Sum, blocks[^1].Count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        x = [.. blocks.SelectMany(b => b.Low == b.High ? [b.Low] : new[] { b.Low, b.High })];
        y = [.. blocks.SelectMany(b => b.Low == b.High ? [b.Sum / b.Count] : new[] { b.Sum / b.Count, b.Sum / b.Count })];
    }

    public double[] Predict(ReadOnlySpan<double> scores)
    {
        if (x.Length == 0)
            throw new InvalidOperationException("IsotonicRegression has not learned yet; call Fit first.");
        Pairs.RequireFinite("IsotonicRegression", "scores", scores);
        var predicted = new double[scores.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var at = Array.BinarySearch(x, scores[i]);
            var next = ~at;
            predicted[i] = at >= 0 ? y[at]
                : next == 0 ? y[0]
                : next == x.Length ? y[^1]
                : y[next - 1] + ((y[next] - y[next - 1]) * (scores[i] - x[next - 1]) / (x[next] - x[next - 1]));
        }
        return predicted;
    }
}
