namespace Cairn.Learning;

/// <summary>All products of columns up to a degree: 1, a, b, a^2, a b, b^2, … A linear model over them is a polynomial one.</summary>
public sealed class PolynomialFeatures(int degree = 2, bool one = true) : Transformer
{
    private const int MostColumns = 1_000_000;
    private const double MostFactors = 1e8;
    private readonly List<int[]> products = [];

    /// <summary>The columns multiplied for each new column; empty for the column of ones.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Products => products;

    private protected override void Learn(Features features)
    {
        OptionBounds.AtLeast(1, degree, "the degree");
        RequireFew(features.Columns);
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

    /// <summary>
    /// As many products of d columns as ways to draw d of them with putting back: counted before any is made, and no further than needed.
    /// </summary>
    private void RequireFew(int columns)
    {
        var (count, factors, ways) = (one ? 1.0 : 0, 0.0, 1.0);
        var d = 0;
        while (d < degree && count <= MostColumns)
        {
            d++;
            ways *= (columns + d - 1.0) / d;
            count += ways;
            factors += ways * d;
        }
        var made = $"PolynomialFeatures: degree {degree} over {columns} columns makes {(d < degree ? "at least " : "")}{count:N0} columns";
        if (count > MostColumns)
            throw new BadInputException($"{made}, over {MostColumns:N0}.");
        if (factors > MostFactors)
            throw new BadInputException($"{made}; its products have {factors:N0} factors, over {MostFactors:N0}.");
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
        var names = features.Names is null
            ? null
            : products.Select(p => p.Length == 0 ? "1" : string.Join(" * ", p.Select(features.NameOf))).ToArray();
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
