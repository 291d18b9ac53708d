using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Folds runs along an axis. An array is seen as outer x axis x inner; with inner 1 a run is one span.</summary>
internal static class Reduction
{
    private const int PairwiseBlock = 1024;

    internal delegate TResult RunToNumber<T, TResult>(ReadOnlySpan<T> run);

    internal delegate void Fold2<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result);

    internal delegate void InPlace<T>(Span<T> run);

    /// <summary>Integers wrap round where a number with a fraction only loses digits.</summary>
    internal static bool IsInteger<T>()
        where T : unmanaged, INumber<T>
        => T.CreateTruncating(0.5) == T.Zero;

    /// <summary>Sums by halves, so that the error grows with the logarithm of the length; integers exactly.</summary>
    /// <exception cref="OverflowException">The sum of integers does not fit their type.</exception>
    internal static T PairwiseSum<T>(ReadOnlySpan<T> run)
        where T : unmanaged, INumber<T>
    {
        if (IsInteger<T>())
            return IntegerSum(run);
        if (run.Length <= PairwiseBlock)
            return TensorPrimitives.Sum(run);
        var half = run.Length / 2;
        return PairwiseSum(run[..half]) + PairwiseSum(run[half..]);
    }

    /// <exception cref="OverflowException">A sum does not fit the type.</exception>
    internal static void CheckedAdd<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, INumber<T>
    {
        try
        {
            for (var i = 0; i < result.Length; i++)
                result[i] = checked(x[i] + y[i]);
        }
        catch (OverflowException e)
        {
            throw TooLarge<T>(e);
        }
    }

    /// <inheritdoc cref="CheckedAdd"/>
    internal static void RunningSum<T>(Span<T> run)
        where T : unmanaged, INumber<T>
    {
        try
        {
            for (var i = 1; i < run.Length; i++)
                run[i] = checked(run[i] + run[i - 1]);
        }
        catch (OverflowException e)
        {
            throw TooLarge<T>(e);
        }
    }

    /// <summary>Wide on the way, so that only the sum itself has to fit.</summary>
    private static T IntegerSum<T>(ReadOnlySpan<T> run)
        where T : unmanaged, INumber<T>
    {
        Int128 sum = 0;
        foreach (var x in run)
            sum += Int128.CreateTruncating(x);
        try
        {
            return T.CreateChecked(sum);
        }
        catch (OverflowException e)
        {
            throw TooLarge<T>(e);
        }
    }

    private static OverflowException TooLarge<T>(Exception e)
        => new($"The sum does not fit {typeof(T).Name}; convert the array to a wider type first, such as array.To<long>().", e);

    internal static NdArray<T> NotEmpty<T>(NdArray<T> array, string operation)
        where T : unmanaged
        => array.Count > 0 ? array.ToContiguous() : throw new ShapeException(operation, $"shape {array.Shape} has no elements");

    internal static NdArray<T> Fold<T>(
        NdArray<T> array, int axis, bool keepAxis, string operation, RunToNumber<T, T> whole, Fold2<T> pair, bool allowEmpty = false)
        where T : unmanaged
    {
        var (outer, length, inner, at) = Split(array, axis, operation);
        if (length == 0 && !allowEmpty)
            throw new ShapeException(operation, $"axis {axis} of shape {array.Shape} has no elements");
        var shape = keepAxis ? array.Shape.With(at, 1) : array.Shape.Without(at);
        var result = new NdArray<T>(new T[shape.Count], shape);
        ReadOnlySpan<T> source = array.ToContiguous().Span;
        var to = result.Span;
        for (var o = 0; o < outer && length > 0; o++)
        {
            var block = source.Slice(o * length * inner, length * inner);
            if (inner == 1)
            {
                to[o] = whole(block);
                continue;
            }
            var sum = to.Slice(o * inner, inner);
            block[..inner].CopyTo(sum);
            for (var i = 1; i < length; i++)
                pair(sum, block.Slice(i * inner, inner), sum);
        }
        return result;
    }

    /// <summary>One result for each run along the axis.</summary>
    internal static NdArray<TResult> Along<T, TResult>(NdArray<T> array, int axis, string operation, RunToNumber<T, TResult> whole)
        where T : unmanaged
        where TResult : unmanaged
    {
        var (_, length, _, at) = Split(array, axis, operation);
        if (length == 0)
            throw new ShapeException(operation, $"axis {axis} of shape {array.Shape} has no elements");
        var shape = array.Shape.Without(at);
        var result = new NdArray<TResult>(new TResult[shape.Count], shape);
        var runs = AxisLast(array, at).ToContiguous().Span;
        for (var i = 0; i < result.Storage.Length; i++)
            result.Storage[i] = whole(runs.Slice(i * length, length));
        return result;
    }

    /// <summary>A copy in which each run along the axis went through <paramref name="change"/>.</summary>
    internal static NdArray<T> Each<T>(NdArray<T> array, int axis, string operation, InPlace<T> change)
        where T : unmanaged
    {
        var (_, length, _, at) = Split(array, axis, operation);
        var copy = AxisLast(array, at).Copy();
        for (var start = 0; start < copy.Count; start += length)
            change(copy.Span.Slice(start, length));
        return AxisBack(copy, at).ToContiguous();
    }

    internal static NdArray<T> AxisLast<T>(NdArray<T> array, int axis)
        where T : unmanaged
        => axis == array.Rank - 1 ? array : Moved(array, axis);

    private static NdArray<T> Moved<T>(NdArray<T> array, int axis)
        where T : unmanaged
        => array.Transpose([.. Enumerable.Range(0, array.Rank).Where(a => a != axis), axis]);

    /// <summary>Undoes <see cref="AxisLast"/>.</summary>
    internal static NdArray<T> AxisBack<T>(NdArray<T> array, int axis)
        where T : unmanaged
        => array.Transpose([.. Enumerable.Range(0, axis), array.Rank - 1, .. Enumerable.Range(axis, array.Rank - 1 - axis)]);

    private static (int Outer, int Length, int Inner, int Axis) Split<T>(NdArray<T> array, int axis, string operation)
        where T : unmanaged
    {
        var at = array.Shape.Axis(axis, operation);
        var (outer, inner) = (1, 1);
        foreach (var length in array.Shape.Lengths[..at])
            outer *= length;
        foreach (var length in array.Shape.Lengths[(at + 1)..])
            inner *= length;
        return (outer, array.Shape[at], inner, at);
    }
}
