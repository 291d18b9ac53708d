namespace Cairn.Learning;

/// <summary>Features around their columns' means, and targets around theirs: the intercept then follows from the coefficients.</summary>
internal sealed class CentredColumns
{
    private readonly double[] means;
    private readonly double targetMean;

    public CentredColumns(Features features, double[] targets, bool intercept)
    {
        Rows = features.Dense.Copy();
        Targets = targets.AsSpan().ToArray();
        means = new double[features.Columns];
        if (!intercept)
            return;
        for (var row = 0; row < features.Rows; row++)
            System.Numerics.Tensors.TensorPrimitives.Add(means, Rows.Row(row), means);
        System.Numerics.Tensors.TensorPrimitives.Divide(means, features.Rows, means);
        for (var row = 0; row < features.Rows; row++)
            System.Numerics.Tensors.TensorPrimitives.Subtract(Rows.Row(row), means, Rows.Row(row));
        targetMean = targets.Average();
        System.Numerics.Tensors.TensorPrimitives.Subtract(Targets, targetMean, Targets);
    }

    public ReadOnlySpan<double> Means => means;

    public NdArray<double> Rows { get; }

    public double[] Targets { get; }

    public double InterceptOf(ReadOnlySpan<double> coefficients)
        => targetMean - System.Numerics.Tensors.TensorPrimitives.Dot<double>(means, coefficients);
}
