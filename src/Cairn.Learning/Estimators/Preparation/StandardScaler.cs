namespace Cairn.Learning;

/// <summary>
/// Columns around their mean, over their standard deviation. A constant column is only moved. Missing values stay missing.
/// </summary>
public sealed class StandardScaler : Transformer
{
    private double[] means = [];
    private double[] scales = [];

    public IReadOnlyList<double> Means => means;

    public IReadOnlyList<double> Scales => scales;

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features)
    {
        (means, scales) = (new double[features.Columns], new double[features.Columns]);
        for (var column = 0; column < features.Columns; column++)
        {
            var values = ColumnValues.Present(features, column);
            if (values.Length == 0)
                throw new BadInputException($"StandardScaler: column '{features.NameOf(column)}' has no value.") { Column = features.NameOf(
                    column) };
            var mean = means[column] = values.Average();
            var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
            scales[column] = deviation > 10 * double.Epsilon && deviation > 1e-14 * Math.Abs(mean) ? deviation : 1;
        }
    }

    private protected override Features Change(Features features)
        => ColumnValues.Map(features, (column, value) => (value - means[column]) / scales[column]);

    private protected override void Exchange(ModelState state, int columns)
    {
        state.Numbers("means", ref means);
        state.Numbers("scales", ref scales);
        state.Require(means.Length == columns && scales.Length == columns, "means and scales are not one per column");
    }
}
