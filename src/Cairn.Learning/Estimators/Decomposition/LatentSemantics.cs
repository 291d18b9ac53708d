namespace Cairn.Learning;

/// <summary>
/// Rows in the few directions that carry most of a sparse matrix: a randomised truncated SVD without centring, as for texts (latent
/// semantic analysis; Deerwester et al., 1990). Each direction's largest loading is positive.
/// </summary>
public sealed class LatentSemantics(int components = 100, long seed = 0) : Transformer
{
    /// <summary>Components by columns, each of length 1.</summary>
    public NdArray<double>? Components { get; private set; }

    /// <summary>The singular values, falling.</summary>
    public IReadOnlyList<double> SingularValues { get; private set; } = [];

    private protected override void Learn(Features features)
    {
        var most = Math.Min(features.Rows, features.Columns);
        if (components < 1 || components > most)
            throw new BadInputException(
                $"LatentSemantics: {components} components of {features.Rows} x {features.Columns}; take 1 to {most}.");
        var (_, values, vt) = TruncatedSvd.Of(new SparseMap(features.Sparse), components, new Seeded(seed));
        SingularValues = Array.ConvertAll(values.ToArray(), v => (double)v);
        Components = vt.To<double>();
        for (var c = 0; c < components; c++)
        {
            var row = Components.Row(c);
            if (row[System.Numerics.Tensors.TensorPrimitives.IndexOfMaxMagnitude<double>(row)] < 0)
                System.Numerics.Tensors.TensorPrimitives.Negate(row, row);
        }
    }

    private protected override Features Change(Features features)
    {
        var map = new SparseMap(features.Sparse);
        return map.Multiply(Components!.Transpose().To<float>()).To<double>();
    }

    private protected override void Exchange(ModelState state, int columns)
    {
        var (loadings, values) = (Components, SingularValues.ToArray());
        state.Value("components", ref components);
        state.Value("seed", ref seed);
        state.Matrix("loadings", ref loadings);
        state.Numbers("singularValues", ref values);
        state.Require(loadings is { Rank: 2 } && loadings.Shape[0] == components && loadings.Shape[1] == columns
            && values.Length == components,
            "loadings are not one per column and component");
        (Components, SingularValues) = (loadings, values);
    }
}
