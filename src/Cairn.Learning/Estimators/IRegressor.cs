namespace Cairn.Learning;

/// <summary>Learns numbers.</summary>
public interface IRegressor
{
    /// <exception cref="BadInputException">No rows, or a value that is not finite (column and row are named).</exception>
    void Fit(Features features, ReadOnlySpan<double> targets);

    double[] Predict(Features features);
}
