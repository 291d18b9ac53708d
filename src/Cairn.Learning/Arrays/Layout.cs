namespace Cairn.Learning;

/// <summary>Walks strided arrays row by row: the one place that turns shapes and strides into runs of the last axis.</summary>
internal static class Layout
{
    /// <summary>Writes the storage position of the first element of each run along the last axis, in row-major order.</summary>
    internal static void Runs(ReadOnlySpan<int> lengths, ReadOnlySpan<int> strides, int offset, Span<int> starts)
    {
        var outer = lengths.Length - 1;
        Span<int> counter = stackalloc int[Math.Max(outer, 1)];
        counter.Clear();
        var position = offset;
        for (var run = 0; run < starts.Length; run++)
        {
            starts[run] = position;
            for (var axis = outer - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++counter[axis] < lengths[axis])
                    break;
                position -= strides[axis] * lengths[axis];
                counter[axis] = 0;
            }
        }
    }

    /// <summary>
    /// Two arrays of one shape with as few axes as possible: axes that both walk evenly become one, so that runs are long.
    /// </summary>
    internal static (NdArray<T> X, NdArray<T> Y) Joined<T>(NdArray<T> x, NdArray<T> y)
        where T : unmanaged
    {
        var (lengths, stepsX, stepsY) = (new List<int>(), new List<int>(), new List<int>());
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var (length, stepX, stepY) = (x.Shape[axis], x.Strides[axis], y.Strides[axis]);
            if (length == 1)
                continue;
            if (lengths.Count > 0 && stepsX[^1] == stepX * length && stepsY[^1] == stepY * length)
            {
                (lengths[^1], stepsX[^1], stepsY[^1]) = (lengths[^1] * length, stepX, stepY);
                continue;
            }
            lengths.Add(length);
            stepsX.Add(stepX);
            stepsY.Add(stepY);
        }
        var shape = Shape.Of([.. lengths]);
        return (new NdArray<T>(x.Storage, shape, [.. stepsX], x.Offset), new NdArray<T>(y.Storage, shape, [.. stepsY], y.Offset));
    }

    /// <summary>Writes the elements in row-major order.</summary>
    internal static void Gather<T>(NdArray<T> source, Span<T> destination)
        where T : unmanaged
    {
        if (source.Count == 0)
            return;
        if (source.Rank == 0)
        {
            destination[0] = source.Storage[source.Offset];
            return;
        }
        var length = source.Shape[-1];
        var stride = source.Strides[^1];
        var starts = new int[source.Count / length];
        Runs(source.Shape.Lengths, source.Strides, source.Offset, starts);
        for (var run = 0; run < starts.Length; run++)
            Gather(source.Storage, starts[run], stride, destination.Slice(run * length, length));
    }

    /// <summary>Writes one run.</summary>
    internal static void Gather<T>(T[] storage, int start, int stride, Span<T> destination)
        where T : unmanaged
    {
        if (stride == 1)
        {
            storage.AsSpan(start, destination.Length).CopyTo(destination);
            return;
        }
        if (stride == 0)
        {
            destination.Fill(storage[start]);
            return;
        }
        for (var i = 0; i < destination.Length; i++)
            destination[i] = storage[start + (i * stride)];
    }

    /// <summary>Copies between arrays of the same shape; they may not overlap in a different order.</summary>
    internal static void Copy<T>(NdArray<T> source, NdArray<T> destination)
        where T : unmanaged
    {
        if (destination.IsContiguous)
        {
            if (source.IsContiguous)
                source.Span.CopyTo(destination.Span);
            else
                Gather(source, destination.Span);
            return;
        }
        if (destination.Count == 0)
            return;
        var values = source.ToArray();
        var length = destination.Shape[-1];
        var stride = destination.Strides[^1];
        var starts = new int[destination.Count / length];
        Runs(destination.Shape.Lengths, destination.Strides, destination.Offset, starts);
        for (var run = 0; run < starts.Length; run++)
        {
            for (var i = 0; i < length; i++)
                destination.Storage[starts[run] + (i * stride)] = values[(run * length) + i];
        }
    }
}
