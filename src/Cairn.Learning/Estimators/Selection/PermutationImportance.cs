namespace Cairn.Learning;

/// <summary>
/// How much worse a model predicts when one column's values are shuffled (Breiman, 2001), on rows it has not learned from.
/// </summary>
public static class PermutationImportance
{
    /// <summary>By column, the mean fall of the score over the repeats, and its deviation.</summary>
    /// <param name="score">The model's score on features; higher is better.</param>
    public static (double Mean, double Deviation)[] Of(Features features, Func<Features, double> score, int repeats = 5, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var whole = score(features);
        var random = new Seeded(seed);
        var matrix = features.Dense.Copy();
        var found = new (double, double)[features.Columns];
        for (var column = 0; column < found.Length; column++)
        {
            var values = matrix[.., column].ToArray();
            var falls = new double[repeats];
            for (var r = 0; r < repeats; r++)
            {
                var shuffled = values.AsSpan().ToArray();
                random.Shuffle<double>(shuffled);
                Write(shuffled);
                falls[r] = whole - score(new Features(matrix, features.Names));
            }
            Write(values);
            var mean = falls.Average();
            found[column] = (mean, Math.Sqrt(falls.Sum(f => (f - mean) * (f - mean)) / repeats));

            void Write(double[] numbers)
            {
                for (var row = 0; row < numbers.Length; row++)
                    matrix[row, column] = numbers[row];
            }
        }
        return found;
    }
}
