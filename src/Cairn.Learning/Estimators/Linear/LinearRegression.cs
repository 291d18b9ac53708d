namespace Cairn.Learning;

/// <summary>Least squares. Where columns depend on each other, the shortest coefficients of those that fit equally well.</summary>
public sealed class LinearRegression(bool intercept = true) : LinearModel
{
    private protected override bool HasIntercept => intercept;

    private protected override double[] Solve(NdArray<double> rows, double[] targets)
    {
        var right = NdArray.Of<double>(targets);
        if (rows.Shape[0] <= rows.Shape[1])
            return Linalg.LeastSquares(rows, right).X.ToArray();
        // The triangular factor is as small as the columns are many, whatever the number of rows.
        var (q, r) = Linalg.Qr(rows);
        return Linalg.LeastSquares(r, q.Transpose().MatMul(right)).X.ToArray();
    }

    private protected override void ExchangeOptions(ModelState state) => state.Value("hasIntercept", ref intercept);
}
