namespace Cairn.Learning;

/// <summary>Learns classes (any whole numbers; <see cref="LabelEncoder"/> makes them of names).</summary>
public interface IClassifier
{
    /// <summary>The classes seen in training, ascending; columns of probabilities are in this order.</summary>
    IReadOnlyList<int> Classes { get; }

    /// <exception cref="BadInputException">No rows, one class only, or a value that is not finite (column and row are named).</exception>
    void Fit(Features features, ReadOnlySpan<int> labels);

    /// <summary>The most probable class of each row.</summary>
    int[] Predict(Features features);

    /// <summary>Rows by classes; each row sums to 1.</summary>
    NdArray<double> PredictProbability(Features features);
}
