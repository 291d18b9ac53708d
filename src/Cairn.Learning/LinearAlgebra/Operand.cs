namespace Cairn.Learning;

/// <summary>A matrix in memory: element (i, j) lies at <c>Start[i * RowStride + j * ColumnStride]</c>.</summary>
internal readonly unsafe struct Operand<T>(T* start, int rowStride, int columnStride)
    where T : unmanaged
{
    internal T* Start => start;

    internal int RowStride => rowStride;

    internal int ColumnStride => columnStride;

    internal Operand<T> Transposed => new(start, columnStride, rowStride);

    internal Operand<T> At(int row, int column)
        => new(start + ((long)row * rowStride) + ((long)column * columnStride), rowStride, columnStride);
}
