namespace Cairn.Learning;

/// <summary>A matrix that is written out.</summary>
internal sealed class DenseMap(NdArray<float> matrix) : ILinearMap
{
    public int Rows => matrix.Shape[0];

    public int Columns => matrix.Shape[1];

    public NdArray<float> Multiply(NdArray<float> right) => matrix.MatMul(right);

    public NdArray<float> MultiplyTransposed(NdArray<float> right) => matrix.Transpose().MatMul(right);
}
