using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>How the training rows were spread, field by field: what later rows are held against.</summary>
public sealed record DataProfile(ImmutableArray<FieldProfile> Fields)
{
    private const int NumberBins = 10;
    private const int CategoryBins = 50;

    internal static DataProfile Of(TrainingTable train) => new([.. train.Features.Select(f => FieldOf(train.Rows[f.Name], f, train.Rows))]);

    private static FieldProfile FieldOf(Column column, RecipeFeature feature, Frame rows)
    {
        var missing = (double)column.MissingCount / column.Length;
        if (feature.Kind == FeatureKind.Number)
        {
            var sorted = rows.Numbers(feature.Name).ToArray().Where(n => !double.IsNaN(n)).Order().ToArray();
            // A value that fills several tenths makes fewer bins.
            ImmutableArray<double> edges = [.. Enumerable.Range(1, NumberBins - 1).Select(i => sorted[i * sorted.Length / NumberBins])
                .Distinct()];
            var counts = new double[edges.Length + 1];
            foreach (var number in sorted)
                counts[BinOf(edges, number)]++;
            return new(feature.Name, feature.Kind, edges, [], [.. counts.Select(c => c / sorted.Length)], missing, []);
        }
        if (feature.Kind == FeatureKind.Text)
            return new(feature.Name, feature.Kind, [], [], [], missing, []);
        var groups = Enumerable.Range(0, column.Length).Where(r => !column.IsMissing(r)).Select(column.TextOf)
            .CountBy(c => c, StringComparer.Ordinal)
            .OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        double total = groups.Sum(g => g.Value);
        ImmutableArray<string> names = [.. groups.Take(CategoryBins).Select(g => g.Key)];
        return new(feature.Name, feature.Kind, [], names,
            [.. groups.Take(CategoryBins).Select(g => g.Value / total), groups.Skip(CategoryBins).Sum(g => g.Value) / total], missing,
            [.. groups.Select(g => HashOf(g.Key)).Order()]);
    }

    internal static int BinOf(ImmutableArray<double> edges, double number)
    {
        var at = edges.BinarySearch(number);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>FNV-1a, 64 bits, over UTF-16.</summary>
    internal static long HashOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return unchecked((long)hash);
    }
}
