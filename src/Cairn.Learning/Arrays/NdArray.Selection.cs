using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <content>Elements chosen by masks and by positions, and conversion to another type.</content>
public sealed partial class NdArray<T>
{
    /// <summary>
    /// The elements (mask of this shape: a vector) or rows (mask over the first axis) where the mask is true, as a copy. Assigning writes
    /// them:
    /// one value for all, or as many as the mask has trues.
    /// </summary>
    public NdArray<T> this[NdArray<bool> mask]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(mask);
            return mask.Shape == Shape && Rank != 1 ? Ravel().Take(Trues(mask)) : Take(Trues(RowMask(mask)));
        }
        set
        {
            ArgumentNullException.ThrowIfNull(mask);
            ArgumentNullException.ThrowIfNull(value);
            if (mask.Shape != Shape || Rank == 1)
            {
                this[Trues(RowMask(mask))] = value;
                return;
            }
            // A view has no vector that writes through: write a whole copy back.
            var all = Copy();
            all.Ravel()[Trues(mask)] = value;
            Layout.Copy(all, this);
        }
    }

    /// <summary>The rows (elements of a vector) at the given positions along the first axis, as a copy; negative positions count from the
    /// end.</summary>
    public NdArray<T> this[NdArray<int> positions]
    {
        get => Take(positions);
        set
        {
            ArgumentNullException.ThrowIfNull(positions);
            ArgumentNullException.ThrowIfNull(value);
            if (Rank == 0)
                throw new ShapeException("assign", "a single number has no rows");
            var chosen = positions.ToArray();
            // A source that overlaps its target is copied first: a[[2, 1, 0]] = a turns round, it does not smear.
            var source = ReferenceEquals(value.Storage, Storage) ? value.Copy() : value;
            var right = source.BroadcastTo(Shape.Of([chosen.Length, .. Shape.Lengths[1..]]), "assign");
            for (var i = 0; i < chosen.Length; i++)
                Layout.Copy(right.Part(0, i), Part(0, Resolve(chosen[i], 0)));
        }
    }

    /// <summary>The parts at the given positions along an axis, as a copy; the axis takes the positions' shape.</summary>
    public NdArray<T> Take(NdArray<int> positions, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(positions);
        var at = Shape.Axis(axis, "take");
        var chosen = positions.ToArray();
        int[] lengths = [.. Shape.Lengths[..at], .. positions.Shape.Lengths, .. Shape.Lengths[(at + 1)..]];
        var result = NdArray.Zeros<T>(lengths);
        var source = ToContiguous();
        var inner = 1;
        foreach (var length in Shape.Lengths[(at + 1)..])
            inner *= length;
        var block = Shape[at] * inner;
        var from = source.Span;
        var to = result.Span;
        for (var outer = 0; outer < (block == 0 ? 0 : Count / block); outer++)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                var start = (outer * block) + (Resolve(chosen[i], at) * inner);
                from.Slice(start, inner).CopyTo(to[(((outer * chosen.Length) + i) * inner)..]);
            }
        }
        for (var i = 0; block == 0 && i < chosen.Length; i++)
            Resolve(chosen[i], at);
        return result;
    }

    /// <summary>The elements as another type, as C# casts do without checks: fractions are cut off, true is 1.</summary>
    public NdArray<TOther> To<TOther>()
        where TOther : unmanaged, System.Numerics.INumberBase<TOther>
    {
        var result = new NdArray<TOther>(new TOther[Count], Shape);
        ReadOnlySpan<T> source = IsContiguous ? Span : ToArray();
        if (typeof(T) == typeof(float))
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, float>(source), result.Storage);
        else if (typeof(T) == typeof(double))
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, double>(source), result.Storage);
        else if (typeof(T) == typeof(int))
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, int>(source), result.Storage);
        else if (typeof(T) == typeof(long))
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, long>(source), result.Storage);
        else if (typeof(T) == typeof(byte) || typeof(T) == typeof(bool))
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, byte>(source), result.Storage);
        else
            throw new NotSupportedException($"Elements of type {typeof(T).Name} are not converted.");
        return result;
    }

    /// <summary>The view at one position of an axis, the axis gone.</summary>
    internal NdArray<T> Part(int axis, int position)
    {
        int[] steps = [.. Strides[..axis], .. Strides[(axis + 1)..]];
        return new NdArray<T>(Storage, Shape.Without(axis), steps, Offset + (position * strides[axis]));
    }

    private NdArray<bool> RowMask(NdArray<bool> mask)
        => Rank > 0 && mask.Rank == 1 && mask.Shape[0] == Shape[0]
            ? mask
            : throw ShapeException.Between("mask", Shape, mask.Shape, "a mask has the array's shape, or is one truth value per row");

    private static NdArray<int> Trues(NdArray<bool> mask)
    {
        var positions = new List<int>();
        var values = mask.ToContiguous().Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i])
                positions.Add(i);
        }
        return NdArray.Of<int>([.. positions]);
    }
}
