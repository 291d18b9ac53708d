using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Groups rows around means (Lloyd, 1982), from starts drawn far apart (k-means++; Arthur and Vassilvitskii, 2007, the best of a few
/// draws each time). As a
/// transformer it gives the distances to the centres.
/// </summary>
public sealed class KMeans(KMeansOptions? options = null) : Transformer
{
    private readonly KMeansOptions options = options ?? new KMeansOptions();

    /// <summary>Clusters by columns.</summary>
    public NdArray<double>? Centres { get; private set; }

    /// <summary>The summed squared distance of training rows to their centres.</summary>
    public double Inertia { get; private set; }

    /// <summary>The cluster of each training row.</summary>
    public IReadOnlyList<int> Labels { get; private set; } = [];

    /// <summary>The nearest centre of each row.</summary>
    public int[] Predict(Features features)
    {
        var distances = Transform(features).Dense;
        return [.. Enumerable.Range(0, features.Rows).Select(r => TensorPrimitives.IndexOfMin<double>(distances.Row(r)))];
    }

    /// <summary>The inertia for each number of clusters: where it bends, more clusters explain little more (the elbow).</summary>
    public static double[] Elbow(Features features, IReadOnlyList<int> clusters, KMeansOptions? options = null)
    {
        options ??= new KMeansOptions();
        return [.. clusters.Select(k =>
        {
            var model = new KMeans(options with { Clusters = k });
            model.Fit(features);
            return model.Inertia;
        })];
    }

    private protected override void Learn(Features features)
    {
        if (options.Clusters < 1 || options.Clusters > features.Rows)
            throw new BadInputException($"KMeans: {options.Clusters} clusters of {features.Rows} rows; take 1 to {features.Rows}.");
        OptionBounds.AtLeast(1, options.Restarts, "the number of restarts");
        var random = new Seeded(options.Seed);
        // Squared distances come from squares of rows, whose digits are used up far from zero.
        var centred = new CentredColumns(features, new double[features.Rows], intercept: true);
        var best = double.PositiveInfinity;
        for (var restart = 0; restart < options.Restarts; restart++)
        {
            var search = new LloydSearch(centred.Rows, options, random);
            if (!(search.Inertia < best))
                continue;
            best = search.Inertia;
            (Inertia, Centres, Labels) = (search.Inertia, search.Centres, search.Labels);
        }
        for (var k = 0; k < options.Clusters; k++)
            TensorPrimitives.Add(Centres!.Row(k), centred.Means, Centres.Row(k));
    }

    private protected override Features Change(Features features)
    {
        var distances = NdArray.Zeros<double>(features.Rows, options.Clusters);
        var rows = features.Dense;
        Cores.Split(features.Rows, features.Rows > 1000, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                for (var k = 0; k < options.Clusters; k++)
                    distances[row, k] = TensorPrimitives.Distance<double>(rows.Row(row), Centres!.Row(k));
            }
        });
        return distances;
    }
}
