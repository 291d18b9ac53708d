namespace Cairn.Learning;

/// <summary>
/// A sparse matrix by what it does to others. Its transpose is made once, so that both products go row by row over the threads.
/// </summary>
internal sealed class SparseMap(SparseMatrix matrix) : ILinearMap
{
    private readonly SparseMatrix transposed = matrix.Transpose();

    public int Rows => matrix.Rows;

    public int Columns => matrix.Columns;

    public NdArray<float> Multiply(NdArray<float> right) => Times(matrix, right);

    public NdArray<float> MultiplyTransposed(NdArray<float> right) => Times(transposed, right);

    private static NdArray<float> Times(SparseMatrix left, NdArray<float> right)
    {
        var width = right.Shape[1];
        var dense = right.ToContiguous();
        var product = NdArray.Zeros<float>(left.Rows, width);
        Cores.Split(left.Rows, (long)left.Indices.Length * width > 50_000, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var target = product.Row(row);
                var indices = left.RowIndices(row);
                var values = left.RowValues(row);
                for (var i = 0; i < indices.Length; i++)
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(dense.Row(indices[i]), (float)values[i], target, target);
            }
        });
        return product;
    }
}
