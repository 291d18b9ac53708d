namespace Cairn.Learning;

/// <summary>All products of columns up to a degree: 1, a, b, a^2, a b, b^2, … A linear model over them is a polynomial one.</summary>
public sealed class PolynomialFeatures(int degree = 2, bool one = true) : Transformer
{
    private const int MostColumns = 1_000_000;
    private readonly List<int[]> products = [];

    /// <summary>The columns multiplied for each new column; empty for the column of ones.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Products => products;

    private protected override void Learn(Features features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        // As many products of d columns as ways to draw d of them with putting back: counted before any is made.
        var count = 1.0;
        for (var (d, ways) = (1, 1.0); d <= degree; d++)
            count += ways *= (features.Columns + d - 1.0) / d;
        if (count > MostColumns)
        {
            throw new BadInputException(
                $"PolynomialFeatures: degree {degree} over {features.Columns} columns makes {count:N0} columns, over {MostColumns:N0}.");
        }
        products.Clear();
        if (one)
            products.Add([]);
        List<int[]> last = [[]];
        for (var d = 1; d <= degree; d++)
        {
            List<int[]> next = [];
            foreach (var product in last)
            {
                for (var column = product.Length == 0 ? 0 : product[^1]; column < features.Columns; column++)
                    next.Add([.. product, column]);
            }
            products.AddRange(next);
            last = next;
        }
    }

    private protected override Features Change(Features features)
    {
        var changed = NdArray.Zeros<double>(features.Rows, products.Count);
        var rows = features.Dense;
        for (var row = 0; row < features.Rows; row++)
        {
            var from = rows.Row(row);
            var to = changed.Row(row);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = 1;
                foreach (var column in products[i])
                    to[i] *= from[column];
            }
        }
        var names = features.Names is null ? null : products.Select(p => p.Length == 0 ? "1" : string.Join(" * ", p.Select(features.NameOf))).ToArray();
        return new Features(changed, names);
    }

    private protected override void Exchange(ModelState state, int columns)
    {
        int[][] lists = [.. products];
        state.Value("degree", ref degree);
        state.Value("one", ref one);
        state.Lists("products", ref lists);
        state.Require(lists.All(l => l.All(c => (uint)c < (uint)columns)), "a product has a column that is not there");
        products.Clear();
        products.AddRange(lists);
    }
}
