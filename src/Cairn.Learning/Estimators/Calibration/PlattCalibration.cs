namespace Cairn.Learning;

/// <summary>
/// Probabilities of a classifier's scores by a sigmoid, 1 / (1 + exp(a s + b)), fitted with targets drawn a little from 0 and 1 (Platt,
/// 1999; the search is
/// Newton's with halving, Lin, Lin and Weng, 2007).
/// </summary>
public sealed class PlattCalibration
{
    private bool fitted;

    public double A { get; private set; }

    public double B { get; private set; }

    /// <exception cref="BadInputException">Only one class occurs.</exception>
    public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        var positives = Pairs.RequireBinary("PlattCalibration", labels, scores);
        Pairs.RequireBothClasses("PlattCalibration", positives, labels.Length);
        double negatives = labels.Length - positives;
        var s = scores.ToArray();
        var targets = new double[s.Length];
        for (var i = 0; i < s.Length; i++)
            targets[i] = labels[i] == 1 ? (positives + 1.0) / (positives + 2) : 1 / (negatives + 2);
        var (a, b) = (0.0, Math.Log((negatives + 1) / (positives + 1)));
        var value = Loss(s, targets, a, b);
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
            for (var i = 0; i < s.Length; i++)
            {
                var p = Sigmoid((a * s[i]) + b);
                var (w, d) = (p * (1 - p), targets[i] - p);
                h11 += s[i] * s[i] * w;
                h22 += w;
                h21 += s[i] * w;
                g1 += s[i] * d;
                g2 += d;
            }
            if (Math.Max(Math.Abs(g1), Math.Abs(g2)) < 1e-10)
                break;
            var determinant = (h11 * h22) - (h21 * h21);
            var (da, db) = (-((h22 * g1) - (h21 * g2)) / determinant, -((h11 * g2) - (h21 * g1)) / determinant);
            var fall = (g1 * da) + (g2 * db);
            var length = 1.0;
            while (length > 1e-10 && !(Loss(s, targets, a + (length * da), b + (length * db)) < value + (1e-4 * length * fall)))
                length /= 2;
            if (length <= 1e-10)
                break;
            (a, b) = (a + (length * da), b + (length * db));
            value = Loss(s, targets, a, b);
        }
        (A, B, fitted) = (a, b, true);
    }

    public double[] Predict(ReadOnlySpan<double> scores)
    {
        if (!fitted)
            throw new InvalidOperationException("PlattCalibration has not learned yet; call Fit first.");
        Pairs.RequireFinite("PlattCalibration", "scores", scores);
        return [.. scores.ToArray().Select(s => Sigmoid((A * s) + B))];
    }

    private static double Sigmoid(double z) => z >= 0 ? Math.Exp(-z) / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z));

    private static double Loss(double[] scores, double[] targets, double a, double b)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var z = (a * scores[i]) + b;
            sum += z >= 0 ? (targets[i] * z) + Math.Log(1 + Math.Exp(-z)) : ((targets[i] - 1) * z) + Math.Log(1 + Math.Exp(z));
        }
        return sum;
    }
}
