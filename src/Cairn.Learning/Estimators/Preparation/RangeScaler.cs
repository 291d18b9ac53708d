namespace Cairn.Learning;

/// <summary>
/// Columns moved and stretched so that training values lie from 0 to 1. A constant column becomes 0. Missing values stay missing.
/// </summary>
public sealed class RangeScaler : Transformer
{
    private double[] least = [];
    private double[] ranges = [];

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features)
    {
        (least, ranges) = (new double[features.Columns], new double[features.Columns]);
        for (var column = 0; column < features.Columns; column++)
        {
            var values = ColumnValues.Present(features, column);
            if (values.Length == 0)
                throw new BadInputException($"RangeScaler: column '{features.NameOf(column)}' has no value.") { Column = features.NameOf(
                    column) };
            least[column] = values.Min();
            ranges[column] = values.Max() - least[column] is > 0 and var range ? range : 1;
        }
    }

    private protected override Features Change(Features features)
        => ColumnValues.Map(features, (column, value) => (value - least[column]) / ranges[column]);

    private protected override void Exchange(ModelState state, int columns)
    {
        state.Numbers("least", ref least);
        state.Numbers("ranges", ref ranges);
        state.Require(least.Length == columns && ranges.Length == columns, "the ranges are not one per column");
    }
}
