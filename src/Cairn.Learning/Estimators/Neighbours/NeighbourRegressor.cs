namespace Cairn.Learning;

/// <summary>The mean of the nearest training rows' targets. Scale the columns first: distances compare their units.</summary>
public sealed class NeighbourRegressor(NeighbourOptions? options = null) : Regressor
{
    private NeighbourOptions options = options ?? new NeighbourOptions();
    private NeighbourSearch? search;
    private double[] known = [];

    private protected override void Require(Features features) => NeighbourSearch.Validate(options, features.Rows);

    private protected override void Learn(Features features, double[] targets)
        => (search, known) = (new NeighbourSearch(features, options), targets);

    private protected override double[] Numbers(Features features)
    {
        var predicted = new double[features.Rows];
        search!.ForEach(features, (row, found, weights) =>
        {
            var sum = 0.0;
            for (var i = 0; i < found.Length; i++)
                sum += weights[i] * known[found[i].Row];
            predicted[row] = sum / weights.Sum();
        });
        return predicted;
    }

    private protected override void Exchange(ModelState state, int columns)
    {
        var rows = search?.Rows;
        state.Options("options", ref options, ModelJson.Default.NeighbourOptions);
        state.Matrix("rows", ref rows);
        state.Numbers("known", ref known);
        state.Require(rows is { Rank: 2 } && rows.Shape[0] == known.Length && rows.Shape[1] == columns, "rows and targets do not fit");
        NeighbourSearch.Validate(options, known.Length);
        search ??= new NeighbourSearch(rows!, options);
    }
}
