using System.Globalization;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>How much memory a training will take, from rows, columns and the kind of estimator, before any of it is taken.</summary>
internal static class MemoryEstimate
{
    private const int BytesPerEntry = 12;

    /// <summary>That it would take more than there is.</summary>
    public static CairnException Refusal(TrainingTable table, Recipe recipe, double needed, double available) => new(
        ErrorKind.Input, "training.memory",
        $"Learning a {recipe.Estimator.Kind} from {table.Rows.RowCount:N0} rows of {Width(table, recipe):N0} columns would take about "
            + $"{Text(needed)}; {Text(available)} are left here.",
        "Learn from fewer rows, leave columns of many categories out (`ignore:`), lower `polynomial` or `text: mostFeatures`, or train "
            + "where there is more memory.");

    public static double Of(TrainingTable table, Recipe recipe)
    {
        var copies = EstimatorKinds.Find(recipe.Estimator.Kind)!.Copies;
        double rows = table.Rows.RowCount;
        if (!table.Features.Any(f => f.Kind == FeatureKind.Text))
            return rows * Width(table, recipe) * sizeof(double) * copies;
        // Beside text everything is sparse: a number or a category is one entry of a row, a text one per n-gram.
        var entries = table.Features.Sum(f => f.Kind == FeatureKind.Text
            ? Ngrams(table.Rows[f.Name], recipe.Text)
            : rows * (f.Kind == FeatureKind.Number ? Products(1, recipe.Numbers.Polynomial) : 1));
        var dense = recipe.Estimator.Kind is "logistic" or "counts-bayes" ? 0 : rows * Width(table, recipe) * sizeof(double);
        return ((entries * BytesPerEntry) + dense) * copies;
    }

    private static double Width(TrainingTable table, Recipe recipe)
    {
        var numbers = table.Features.Count(f => f.Kind == FeatureKind.Number);
        return Products(numbers, recipe.Numbers.Polynomial) + (recipe.Numbers.Indicators ? numbers : 0)
            + table.Features.Sum(f => f.Kind switch
        {
            FeatureKind.Category => Categories(table.Rows[f.Name]),
            FeatureKind.Text => Math.Min(recipe.Text.MostFeatures, Vocabulary(table.Rows[f.Name], recipe.Text)),
            _ => 0,
        });
    }

    private static int Categories(Column column)
        => Enumerable.Range(0, column.Length).Where(r => !column.IsMissing(r)).Select(column.TextOf).Distinct(StringComparer.Ordinal)
            .Count();

    /// <summary>
    /// How many n-grams there are at most, none counted twice: of a word each once, of longer ones those of each text that differs.
    /// </summary>
    private static double Vocabulary(Column column, TextPreparation text)
    {
        var texts = Enumerable.Range(0, column.Length).Select(column.TextOf).Distinct(StringComparer.Ordinal);
        if (text.Characters)
            return texts.Sum(t => (double)t.Length) * (text.Longest - text.Shortest + 1);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var all = 0.0;
        foreach (var one in texts)
        {
            foreach (var word in one.AsSpan().SplitAny(' ', '\n', '\t'))
            {
                known.Add(one.AsSpan()[word]);
                all++;
            }
        }
        return (text.Shortest == 1 ? words.Count : 0) + (all * (text.Longest - Math.Max(2, text.Shortest) + 1));
    }

    private static double Ngrams(Column column, TextPreparation text)
    {
        var lengths = Enumerable.Range(0, column.Length).Sum(r => (double)column.TextOf(r).Length);
        return (text.Characters ? lengths : (lengths / 4) + column.Length) * (text.Longest - text.Shortest + 1);
    }

    /// <summary>How many products of so many columns there are up to a degree: (n + d over d) - 1.</summary>
    private static double Products(double columns, int degree)
    {
        var count = 1.0;
        for (var d = 1; d <= degree; d++)
            count = count * (columns + d) / d;
        return count - 1;
    }

    public static string Text(double bytes) => bytes >= 1L << 30
        ? (bytes / (1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB"
        : bytes >= 1L << 20 ? (bytes / (1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB"
        : (bytes / (1L << 10)).ToString("0", CultureInfo.InvariantCulture) + " KiB";
}
