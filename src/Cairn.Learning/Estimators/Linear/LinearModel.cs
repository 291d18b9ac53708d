namespace Cairn.Learning;

/// <summary>What linear regressors share: coefficients, an intercept, and the sum that they predict.</summary>
public abstract class LinearModel : Regressor
{
    private double[] coefficients = [];

    private protected LinearModel()
    {
    }

    /// <summary>One per column.</summary>
    public IReadOnlyList<double> Coefficients => coefficients;

    public double Intercept { get; private set; }

    private protected abstract bool HasIntercept { get; }

    private protected sealed override void Learn(Features features, double[] targets)
    {
        var centred = new CentredColumns(features, targets, HasIntercept);
        coefficients = Solve(centred.Rows, centred.Targets);
        Intercept = centred.InterceptOf(coefficients);
    }

    /// <summary>The coefficients over centred rows and targets.</summary>
    private protected abstract double[] Solve(NdArray<double> rows, double[] targets);

    private protected sealed override double[] Numbers(Features features)
    {
        var predicted = new double[features.Rows];
        for (var row = 0; row < predicted.Length; row++)
        {
            if (!features.IsSparse)
            {
                predicted[row] = Intercept + System.Numerics.Tensors.TensorPrimitives.Dot<double>(features.Dense.Row(row), coefficients);
                continue;
            }
            predicted[row] = Intercept;
            var indices = features.Sparse.RowIndices(row);
            var values = features.Sparse.RowValues(row);
            for (var i = 0; i < indices.Length; i++)
                predicted[row] += values[i] * coefficients[indices[i]];
        }
        return predicted;
    }

    private protected sealed override void Exchange(ModelState state, int columns)
    {
        var intercept = Intercept;
        ExchangeOptions(state);
        state.Value("intercept", ref intercept);
        state.Numbers("coefficients", ref coefficients);
        state.Require(coefficients.Length == columns, "the coefficients are not one per column");
        Intercept = intercept;
    }

    private protected abstract void ExchangeOptions(ModelState state);
}
