namespace Cairn.Learning;

/// <summary>The class that most of the nearest training rows have. Scale the columns first: distances compare their units.</summary>
public sealed class NeighbourClassifier(NeighbourOptions? options = null) : Classifier
{
    private NeighbourOptions options = options ?? new NeighbourOptions();
    private NeighbourSearch? search;
    private int[] known = [];
    private int count;

    private protected override void Require(Features features) => NeighbourSearch.Validate(options, features.Rows);

    private protected override void Learn(Features features, int[] labels, int count)
        => (search, known, this.count) = (new NeighbourSearch(features, options), labels, count);

    private protected override NdArray<double> Probabilities(Features features)
    {
        var probabilities = NdArray.Zeros<double>(features.Rows, count);
        search!.ForEach(features, (row, found, weights) =>
        {
            var total = weights.Sum();
            for (var i = 0; i < found.Length; i++)
                probabilities.Row(row)[known[found[i].Row]] += weights[i] / total;
        });
        return probabilities;
    }

    private protected override void Exchange(ModelState state, int columns, int count)
    {
        var rows = search?.Rows;
        state.Options("options", ref options, ModelJson.Default.NeighbourOptions);
        state.Matrix("rows", ref rows);
        state.Numbers("known", ref known);
        state.Require(rows is { Rank: 2 } && rows.Shape[0] == known.Length && rows.Shape[1] == columns
            && known.All(k => (uint)k < (uint)count), "rows and classes do not fit");
        NeighbourSearch.Validate(options, known.Length);
        this.count = count;
        search ??= new NeighbourSearch(rows!, options);
    }
}
