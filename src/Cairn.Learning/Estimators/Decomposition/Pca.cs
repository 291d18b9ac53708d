namespace Cairn.Learning;

/// <summary>
/// Principal components: the directions in which rows vary most. Each component's largest loading is positive. With at least as many rows
/// as columns it
/// takes the eigenvectors of the covariance, else the singular vectors of the centred rows.
/// </summary>
public sealed class Pca(int components) : Transformer
{
    private NdArray<double>? means;

    /// <summary>Components by columns, each of length 1.</summary>
    public NdArray<double>? Components { get; private set; }

    /// <summary>The variance along each component, falling (divided by rows - 1).</summary>
    public IReadOnlyList<double> Variances { get; private set; } = [];

    /// <summary>The share of all variance along each component.</summary>
    public IReadOnlyList<double> VarianceShares { get; private set; } = [];

    /// <summary>Rows of the reduced space back in the columns' space.</summary>
    public NdArray<double> Inverse(NdArray<double> reduced)
        => (reduced.MatMul(Components ?? throw new InvalidOperationException("Pca has not learned yet; call Fit first.")) + means!)
            .ToContiguous();

    private protected override void Learn(Features features)
    {
        var most = Math.Min(features.Rows, features.Columns);
        if (components < 1 || components > most)
            throw new BadInputException(
                $"Pca: {components} components of {features.Rows} rows and {features.Columns} columns; take 1 to {most}.");
        if (features.Rows < 2)
            throw new BadInputException("Pca: one row has no variance.");
        var centred = new CentredColumns(features, new double[features.Rows], intercept: true);
        means = NdArray.Of<double>(centred.Means);
        var (directions, variances) = features.Rows >= features.Columns ? Eigen(centred.Rows) : Singular(centred.Rows);
        var total = variances.Sum();
        Variances = variances[..components];
        VarianceShares = [.. Variances.Select(v => total == 0 ? 0 : v / total)];
        Components = NdArray.Zeros<double>(components, features.Columns);
        for (var c = 0; c < components; c++)
        {
            var target = Components.Row(c);
            directions.Row(c).CopyTo(target);
            if (target[System.Numerics.Tensors.TensorPrimitives.IndexOfMaxMagnitude<double>(target)] < 0)
                System.Numerics.Tensors.TensorPrimitives.Negate(target, target);
        }
    }

    private protected override Features Change(Features features)
        => (features.Dense - means!).ToContiguous().MatMul(Components!.Transpose()).ToContiguous();

    private static (NdArray<double> Rows, double[] Variances) Eigen(NdArray<double> centred)
    {
        var covariance = centred.Transpose().MatMul(centred);
        covariance = (covariance + covariance.Transpose()) * (0.5 / (centred.Shape[0] - 1));
        var (values, vectors) = Linalg.EigenSymmetric(covariance);
        var count = values.Count;
        var rows = NdArray.Zeros<double>(count, count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                rows[i, j] = vectors[j, count - 1 - i];
        }
        return (rows, [.. values.ToArray().Reverse().Select(v => Math.Max(v, 0))]);
    }

    private static (NdArray<double> Rows, double[] Variances) Singular(NdArray<double> centred)
    {
        var (_, values, vt) = Linalg.Svd(centred);
        return (vt.ToContiguous(), Array.ConvertAll(values.ToArray(), v => v * v / (centred.Shape[0] - 1)));
    }

    private protected override void Exchange(ModelState state, int columns)
    {
        var (loadings, variances, shares, centre) = (Components, Variances.ToArray(), VarianceShares.ToArray(), means?.ToArray() ?? []);
        state.Value("components", ref components);
        state.Numbers("means", ref centre);
        state.Matrix("loadings", ref loadings);
        state.Numbers("variances", ref variances);
        state.Numbers("shares", ref shares);
        state.Require(centre.Length == columns && loadings is { Rank: 2 } && loadings.Shape[0] == components && loadings.Shape[1] == columns
            && variances.Length == components && shares.Length == components, "means and loadings are not one per column and component");
        (means, Components, Variances, VarianceShares) = (NdArray.Of<double>(centre), loadings, variances, shares);
    }
}
