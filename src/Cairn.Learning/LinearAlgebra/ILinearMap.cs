namespace Cairn.Learning;

/// <summary>A matrix known by what it does to others: enough for a truncated decomposition of one too large to be written out.</summary>
public interface ILinearMap
{
    int Rows { get; }

    int Columns { get; }

    /// <summary>This matrix times (columns, k).</summary>
    NdArray<float> Multiply(NdArray<float> right);

    /// <summary>This matrix, transposed, times (rows, k).</summary>
    NdArray<float> MultiplyTransposed(NdArray<float> right);
}
