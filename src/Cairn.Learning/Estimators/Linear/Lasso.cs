namespace Cairn.Learning;

/// <summary>Least squares with a penalty on absolute coefficients (lasso), or on both absolute and squared ones (elastic net).</summary>
public sealed class Lasso(LassoOptions? options = null) : LinearModel
{
    private LassoOptions options = options ?? new LassoOptions();

    /// <summary>Rounds over the columns that the last <c>Fit</c> took.</summary>
    public int Iterations { get; private set; }

    private protected override bool HasIntercept => options.Intercept;

    private protected override double[] Solve(NdArray<double> rows, double[] targets)
    {
        options.Validate();
        var coefficients = new double[rows.Shape[1]];
        Iterations = new CoordinateDescent(rows, targets).Solve(coefficients, options);
        return coefficients;
    }

    /// <summary>
    /// The coefficients for falling penalties, evenly spaced on a logarithmic scale from the least that makes all of them 0 down to
    /// <paramref name="ratio"/> of it; each starts from the one before.
    /// </summary>
    public static IReadOnlyList<(double Penalty, double[] Coefficients)> Path(
        Features features, ReadOnlySpan<double> targets, int count = 100, double ratio = 1e-3, LassoOptions? options = null)
    {
        options ??= new LassoOptions();
        options.Validate();
        OptionBounds.AtLeast(2, count, "the number of penalties on a path");
        if (ratio is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "The ratio lies between 0 and 1.");
        FittedShape.Of("lasso path", features, targets.Length);
        Pairs.RequireFinite("lasso path", "target", targets);
        var centred = new CentredColumns(features, targets.ToArray(), options.Intercept);
        var descent = new CoordinateDescent(centred.Rows, centred.Targets);
        var greatest = descent.Greatest(options.L1Share);
        var coefficients = new double[features.Columns];
        var path = new (double, double[])[count];
        for (var i = 0; i < count; i++)
        {
            var penalty = greatest * Math.Pow(ratio, i / (count - 1.0));
            descent.Solve(coefficients, options with { Penalty = penalty });
            path[i] = (penalty, coefficients.AsSpan().ToArray());
        }
        return path;
    }

    private protected override void ExchangeOptions(ModelState state)
        => state.Options("options", ref options, ModelJson.Default.LassoOptions);
}
