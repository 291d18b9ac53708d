namespace Cairn.Learning;

/// <summary>Applies kernels to whole arrays: finds the shared shape, then the longest runs that a kernel can take at once.</summary>
internal static class Elementwise
{
    internal delegate void UnaryKernel<T, TResult>(ReadOnlySpan<T> x, Span<TResult> result);

    internal static NdArray<TResult> Unary<T, TResult>(NdArray<T> x, UnaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new NdArray<TResult>(new TResult[x.Count], x.Shape);
        kernel(x.ToContiguous().Span, result.Storage);
        return result;
    }

    internal static NdArray<TResult> Binary<T, TResult>(NdArray<T> x, NdArray<T> y, BinaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var shape = Shape.Broadcast(x.Shape, y.Shape, kernel.Name);
        var result = new NdArray<TResult>(new TResult[shape.Count], shape);
        if (x.IsContiguous && y.IsContiguous && x.Shape == y.Shape)
            kernel.Apply(x.Span, y.Span, result.Storage);
        else if (y.Count == 1 && x.IsContiguous && x.Shape == shape)
            kernel.Apply(x.Span, y.Storage[y.Offset], result.Storage);
        else if (x.Count == 1 && y.IsContiguous && y.Shape == shape)
            kernel.Apply(x.Storage[x.Offset], y.Span, result.Storage);
        else if (shape.Count > 0)
            ByRuns(x.BroadcastTo(shape, kernel.Name), y.BroadcastTo(shape, kernel.Name), result.Storage, kernel);
        return result;
    }

    private static void ByRuns<T, TResult>(NdArray<T> x, NdArray<T> y, Span<TResult> result, BinaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        var length = x.Rank == 0 ? 1 : x.Shape[-1];
        var (stepX, stepY) = x.Rank == 0 ? (1, 1) : (x.Strides[^1], y.Strides[^1]);
        var startsX = new int[result.Length / length];
        var startsY = new int[startsX.Length];
        Layout.Runs(x.Shape.Lengths, x.Strides, x.Offset, startsX);
        Layout.Runs(y.Shape.Lengths, y.Strides, y.Offset, startsY);
        var scratchX = stepX is 0 or 1 ? [] : new T[length];
        var scratchY = stepY is 0 or 1 ? [] : new T[length];
        for (var run = 0; run < startsX.Length; run++)
        {
            var to = result.Slice(run * length, length);
            if (stepX == 0 && stepY == 0)
            {
                kernel.Apply(x.Storage.AsSpan(startsX[run], 1), y.Storage[startsY[run]], to[..1]);
                to[1..].Fill(to[0]);
            }
            else if (stepX == 0)
            {
                kernel.Apply(x.Storage[startsX[run]], Run(y, startsY[run], stepY, length, scratchY), to);
            }
            else if (stepY == 0)
            {
                kernel.Apply(Run(x, startsX[run], stepX, length, scratchX), y.Storage[startsY[run]], to);
            }
            else
            {
                kernel.Apply(Run(x, startsX[run], stepX, length, scratchX), Run(y, startsY[run], stepY, length, scratchY), to);
            }
        }
    }

    private static ReadOnlySpan<T> Run<T>(NdArray<T> array, int start, int step, int length, T[] scratch)
        where T : unmanaged
    {
        if (step == 1)
            return array.Storage.AsSpan(start, length);
        Layout.Gather(array.Storage, start, step, scratch);
        return scratch;
    }
}
