namespace Cairn.Learning;

/// <summary>Applies kernels to whole arrays: finds the shared shape, then the longest runs that a kernel can take at once.</summary>
internal static class Elementwise
{
    // Numbers that a kernel takes at once, where there are many short runs.
    private const int Chunk = 1024;
    private const int ShortRun = 16;

    internal delegate void UnaryKernel<T, TResult>(ReadOnlySpan<T> x, Span<TResult> result);

    internal static NdArray<TResult> Unary<T, TResult>(NdArray<T> x, UnaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new NdArray<TResult>(GC.AllocateUninitializedArray<TResult>(x.Count), x.Shape);
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
        var result = new NdArray<TResult>(GC.AllocateUninitializedArray<TResult>(shape.Count), shape);
        if (x.IsContiguous && y.IsContiguous && x.Shape == y.Shape)
            kernel.Apply(x.Span, y.Span, result.Storage);
        else if (y.Count == 1 && x.IsContiguous && x.Shape == shape)
            kernel.Apply(x.Span, y.Storage[y.Offset], result.Storage);
        else if (x.Count == 1 && y.IsContiguous && y.Shape == shape)
            kernel.Apply(x.Storage[x.Offset], y.Span, result.Storage);
        else if (x.IsContiguous && x.Shape == shape && IsTail(y, shape))
            ByTails(x.Span, y.Span, result.Storage, kernel.Apply);
        else if (y.IsContiguous && y.Shape == shape && IsTail(x, shape))
            ByTails(y.Span, x.Span, result.Storage, (whole, tail, to) => kernel.Apply(tail, whole, to));
        else if (shape.Count > 0)
            Stretched(Layout.Joined(x.BroadcastTo(shape, kernel.Name), y.BroadcastTo(shape, kernel.Name)), result.Storage, kernel);
        return result;
    }

    /// <summary>Whether an array is stretched along leading axes only: its numbers repeat, one after the other.</summary>
    private static bool IsTail<T>(NdArray<T> array, Shape shape)
        where T : unmanaged
    {
        if (!array.IsContiguous || array.Count < 2)
            return false;
        var own = array.Shape.Lengths;
        while (own.Length > 0 && own[0] == 1)
            own = own[1..];
        return own.Length <= shape.Rank && shape.Lengths[^own.Length..].SequenceEqual(own);
    }

    private static void ByTails<T, TResult>(
        ReadOnlySpan<T> whole, ReadOnlySpan<T> tail, Span<TResult> result, BinaryKernel<T, TResult>.Runs apply)
    {
        if (tail.Length < Chunk / 2)
        {
            // A kernel call costs as much as dozens of numbers: short tails are repeated first, where there is much to do.
            var repeated = new T[tail.Length * Math.Min(Chunk / tail.Length, Math.Max(1, whole.Length / tail.Length))];
            for (var start = 0; start < repeated.Length; start += tail.Length)
                tail.CopyTo(repeated.AsSpan(start));
            tail = repeated;
        }
        for (var start = 0; start < whole.Length; start += tail.Length)
        {
            var count = Math.Min(tail.Length, whole.Length - start);
            apply(whole.Slice(start, count), tail[..count], result.Slice(start, count));
        }
    }

    /// <summary>Gathers many short runs of both sides before a kernel takes them.</summary>
    private static void ByChunks<T, TResult>(NdArray<T> x, NdArray<T> y, Span<TResult> result, BinaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        var length = x.Shape[-1];
        var startsX = new int[result.Length / length];
        var startsY = new int[startsX.Length];
        Layout.Runs(x.Shape.Lengths, x.Strides, x.Offset, startsX);
        Layout.Runs(y.Shape.Lengths, y.Strides, y.Offset, startsY);
        var each = Chunk / length;
        var (gatheredX, gatheredY) = (new T[each * length], new T[each * length]);
        for (var run = 0; run < startsX.Length; run += each)
        {
            var count = Math.Min(each, startsX.Length - run) * length;
            Gather(x, startsX.AsSpan(run), gatheredX.AsSpan(0, count), length);
            Gather(y, startsY.AsSpan(run), gatheredY.AsSpan(0, count), length);
            kernel.Apply(gatheredX.AsSpan(0, count), gatheredY.AsSpan(0, count), result.Slice(run * length, count));
        }
    }

    private static void Gather<T>(NdArray<T> array, ReadOnlySpan<int> starts, Span<T> to, int length)
        where T : unmanaged
    {
        var (storage, step) = (array.Storage, array.Strides[^1]);
        for (var at = 0; at < to.Length; at += length)
        {
            var from = starts[at / length];
            for (var i = 0; i < length; i++)
                to[at + i] = storage[from + (i * step)];
        }
    }

    private static void Stretched<T, TResult>((NdArray<T> X, NdArray<T> Y) both, Span<TResult> result, BinaryKernel<T, TResult> kernel)
        where T : unmanaged
        where TResult : unmanaged
    {
        if (both.X.Rank > 1 && both.X.Shape[-1] < ShortRun)
            ByChunks(both.X, both.Y, result, kernel);
        else
            ByRuns(both.X, both.Y, result, kernel);
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
