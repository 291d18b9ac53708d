namespace Cairn.Learning;

/// <summary>
/// Naive Bayes over numbers: within a class each column is normal, and independent of the others. A billionth of the largest column's
/// variance is added to
/// every variance, so that a constant column does no harm.
/// </summary>
public sealed class GaussianNaiveBayes : Classifier
{
    // Squared standard deviations; the sum over any number of columns stays finite.
    private const double Farthest = 1e290;

    private double[] logPriors = [];
    private double[][] means = [];
    private double[][] variances = [];

    private protected override void Learn(Features features, int[] labels, int count)
    {
        var matrix = features.Dense;
        var smoothing = Enumerable.Range(0, features.Columns).Max(c => Variance(Enumerable.Range(0, features.Rows), c)) * 1e-9;
        (logPriors, means, variances) = (new double[count], new double[count][], new double[count][]);
        for (var k = 0; k < count; k++)
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(r => labels[r] == k)];
            logPriors[k] = Math.Log((double)rows.Length / labels.Length);
            means[k] = [.. Enumerable.Range(0, features.Columns).Select(c => rows.Average(r => matrix[r, c]))];
            variances[k] = [.. Enumerable.Range(0, features.Columns).Select(c => Math.Max(Variance(rows, c) + smoothing, 1e-300))];
        }

        double Variance(IEnumerable<int> rows, int column)
        {
            var mean = rows.Average(r => matrix[r, column]);
            return rows.Average(r => (matrix[r, column] - mean) * (matrix[r, column] - mean));
        }
    }

    private protected override NdArray<double> Probabilities(Features features)
    {
        var probabilities = NdArray.Zeros<double>(features.Rows, means.Length);
        var matrix = features.Dense;
        var far = new double[means.Length];
        for (var row = 0; row < features.Rows; row++)
        {
            var values = matrix.Row(row);
            var target = probabilities.Row(row);
            for (var k = 0; k < means.Length; k++)
            {
                (target[k], far[k]) = (logPriors[k], 0);
                for (var c = 0; c < values.Length; c++)
                {
                    var distance = values[c] - means[k][c];
                    target[k] -= 0.5 * Math.Log(2 * Math.PI * variances[k][c]);
                    far[k] += Math.Min(distance * distance / variances[k][c], Farthest);
                }
            }
            // What all classes are away has no part in the shares; without it, a row beyond all of them leaves the priors their say.
            var nearest = far.Min();
            for (var k = 0; k < means.Length; k++)
                target[k] -= 0.5 * (far[k] - nearest);
            LogShares.ToShares(target);
        }
        return probabilities;
    }

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        state.Numbers("logPriors", ref logPriors);
        state.Lists("means", ref means);
        state.Lists("variances", ref variances);
        state.Require(logPriors.Length == count && means.Length == count && variances.Length == count
            && means.Concat(variances).All(m => m.Length == columns),
            "priors, means and variances are not one per class and column");
    }
}
