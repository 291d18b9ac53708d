namespace Cairn.Learning;

/// <summary>The mean of the nearest training rows' targets. Scale the columns first: distances compare their units.</summary>
public sealed class NeighbourRegressor(NeighbourOptions? options = null) : Regressor
{
    private readonly NeighbourOptions options = options ?? new NeighbourOptions();
    private NeighbourSearch? search;
    private double[] known = [];

    private protected override void Learn(Features features, double[] targets)
    {
        NeighbourSearch.Validate(options, features.Rows);
        (search, known) = (new NeighbourSearch(features, options), targets);
    }

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
}
