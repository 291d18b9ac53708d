namespace Cairn.Learning;

/// <summary>Fills missing values with a figure of the training values of their column.</summary>
/// <param name="constant">The number for <see cref="Filling.Constant"/>.</param>
/// <param name="indicators">Whether a column of 0 and 1 is added for each column that missed values in training.</param>
public sealed class Imputer(Filling filling = Filling.Mean, double constant = 0, bool indicators = false) : Transformer
{
    private double[] fills = [];
    private int[] marked = [];

    /// <summary>What each column is filled with.</summary>
    public IReadOnlyList<double> Fills => fills;

    private protected override bool AllowsMissing => true;

    private protected override void Learn(Features features)
    {
        fills = new double[features.Columns];
        var holes = new List<int>();
        for (var column = 0; column < fills.Length; column++)
        {
            var values = ColumnValues.Present(features, column);
            if (values.Length < features.Rows)
                holes.Add(column);
            if (values.Length == 0 && filling != Filling.Constant)
            {
                throw new BadInputException(
                    $"Imputer: column '{features.NameOf(column)}' has no value to take a {filling} of; drop it or fill a constant.")
                {
                    Column = features.NameOf(column),
                };
            }
            Array.Sort(values);
            fills[column] = filling switch
            {
                Filling.Mean => values.Average(),
                Filling.Median => Bootstrap.Quantile(values, 0.5),
                Filling.MostFrequent => values.CountBy(v => v).MaxBy(p => p.Value).Key,
                _ => constant,
            };
        }
        marked = indicators ? [.. holes] : [];
    }

    private protected override Features Change(Features features)
    {
        var filled = ColumnValues.Map(features, (column, value) => double.IsNaN(value) ? fills[column] : value);
        if (marked.Length == 0)
            return filled;
        var (before, after) = (features.Dense, filled.Dense);
        var wide = NdArray.Zeros<double>(features.Rows, features.Columns + marked.Length);
        for (var row = 0; row < features.Rows; row++)
        {
            after.Row(row).CopyTo(wide.Row(row));
            for (var i = 0; i < marked.Length; i++)
                wide[row, features.Columns + i] = double.IsNaN(before[row, marked[i]]) ? 1 : 0;
        }
        return new Features(wide,
            features.Names is null ? null : [.. features.Names, .. marked.Select(c => $"{features.NameOf(c)} missing")]);
    }

    private protected override void Exchange(ModelState state, int columns)
    {
        var kind = (int)filling;
        state.Value("filling", ref kind);
        state.Value("constant", ref constant);
        state.Value("indicators", ref indicators);
        state.Numbers("fills", ref fills);
        state.Numbers("marked", ref marked);
        state.Require(Enum.IsDefined((Filling)kind) && fills.Length == columns && marked.All(m => (uint)m < (uint)columns),
            "the fillings are not one per column");
        filling = (Filling)kind;
    }
}
