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
        OptionBounds.AtLeast(1, repeats, "the number of repeats");
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
            found[column] = Summary(falls);

            void Write(double[] numbers)
            {
                for (var row = 0; row < numbers.Length; row++)
                    matrix[row, column] = numbers[row];
            }
        }
        return found;
    }

    /// <summary>The same by a frame's own columns, before they are prepared: a category, a text or a date is shuffled whole.</summary>
    /// <param name="columns">Those to shuffle, one after another.</param>
    /// <param name="score">The model's score on rows; higher is better.</param>
    /// <exception cref="BadInputException">There is no such column.</exception>
    public static (double Mean, double Deviation)[] Of(
        Frame rows, IReadOnlyList<string> columns, Func<Frame, double> score, int repeats = 5, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(score);
        OptionBounds.AtLeast(1, repeats, "the number of repeats");
        var whole = score(rows);
        var random = new Seeded(seed);
        return
        [
            .. columns.Select(name =>
            {
                var column = rows[name];
                var falls = new double[repeats];
                for (var r = 0; r < repeats; r++)
                    falls[r] = whole - score(rows.With(name, column.Take(random.Permutation(column.Length))));
                return Summary(falls);
            }),
        ];
    }

    private static (double Mean, double Deviation) Summary(double[] falls)
    {
        var mean = falls.Average();
        return (mean, Math.Sqrt(falls.Sum(f => (f - mean) * (f - mean)) / falls.Length));
    }
}
