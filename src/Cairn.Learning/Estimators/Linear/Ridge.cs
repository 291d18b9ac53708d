namespace Cairn.Learning;

/// <summary>
/// Least squares with the squared coefficients times <paramref name="l2"/> added to the summed squared error; the intercept is free.
/// </summary>
public sealed class Ridge(double l2 = 1, bool intercept = true) : LinearModel
{
    private protected override bool HasIntercept => intercept;

    private protected override double[] Solve(NdArray<double> rows, double[] targets)
    {
        if (!(l2 > 0) || double.IsInfinity(l2))
            throw new ArgumentException($"The penalty is {l2}; it is above 0 (for none, use LinearRegression).");
        var turned = rows.Transpose();
        var square = turned.MatMul(rows);
        for (var i = 0; i < square.Shape[0]; i++)
            square[i, i] += l2;
        return Linalg.Solve(square, turned.MatMul(NdArray.Of<double>(targets))).ToArray();
    }

    private protected override void ExchangeOptions(ModelState state)
    {
        state.Value("l2", ref l2);
        state.Value("hasIntercept", ref intercept);
    }
}
