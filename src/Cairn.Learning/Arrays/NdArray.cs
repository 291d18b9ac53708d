using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cairn.Learning;

/// <summary>Makes arrays: <c>NdArray.Zeros&lt;float&gt;(3, 4)</c>, <c>NdArray.FromRows(new double[,] {{1, 2}, {3, 4}})</c>.</summary>
public static class NdArray
{
    /// <summary>A vector with a copy of the numbers.</summary>
    public static NdArray<T> Of<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => new(values.ToArray(), Shape.Of(values.Length));

    /// <summary>A matrix from a literal.</summary>
    public static NdArray<T> FromRows<T>(T[,] rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = Zeros<T>(rows.GetLength(0), rows.GetLength(1));
        var position = 0;
        foreach (var value in rows)
            result.Storage[position++] = value;
        return result;
    }

    /// <summary>A matrix from rows of equal length.</summary>
    /// <exception cref="ShapeException">A row has another length than the first; it is named.</exception>
    public static NdArray<T> FromRows<T>(IReadOnlyList<T[]> rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = rows.Count == 0 ? 0 : rows[0].Length;
        var result = Zeros<T>(rows.Count, columns);
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != columns)
                throw new ShapeException("from rows", $"row {row} has {rows[row].Length} values where row 0 has {columns}");
            rows[row].CopyTo(result.Row(row));
        }
        return result;
    }

    public static NdArray<T> Zeros<T>(params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var lengths = Shape.Of(shape);
        MemoryNeed.Require((double)lengths.Count * Unsafe.SizeOf<T>(), () => $"An array of shape {lengths}", "work on parts of it");
        return new NdArray<T>(new T[lengths.Count], lengths);
    }

    public static NdArray<T> Ones<T>(params ReadOnlySpan<int> shape)
        where T : unmanaged, INumberBase<T> => Full(T.One, shape);

    /// <summary>An array in which every element is <paramref name="value"/>.</summary>
    public static NdArray<T> Full<T>(T value, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var result = Zeros<T>(shape);
        result.Storage.AsSpan().Fill(value);
        return result;
    }

    /// <summary>The identity matrix.</summary>
    public static NdArray<T> Eye<T>(int size)
        where T : unmanaged, INumberBase<T>
    {
        var result = Zeros<T>(size, size);
        for (var i = 0; i < size; i++)
            result.Storage[(i * size) + i] = T.One;
        return result;
    }

    /// <summary>0, 1, … up to and without <paramref name="count"/>.</summary>
    public static NdArray<T> Arange<T>(int count)
        where T : unmanaged, INumber<T> => Arange(T.Zero, T.CreateChecked(count), T.One);

    /// <summary>From <paramref name="start"/> in steps up to and without <paramref name="stop"/>; each element is start + i *
    /// step.</summary>
    public static NdArray<T> Arange<T>(T start, T stop, T step)
        where T : unmanaged, INumber<T>
    {
        if (T.IsZero(step))
            throw new ArgumentException("arange: the step is 0.", nameof(step));
        var span = double.CreateChecked(stop) - double.CreateChecked(start);
        var count = Math.Max(0, (int)Math.Ceiling(span / double.CreateChecked(step)));
        var result = Zeros<T>(count);
        for (var i = 0; i < count; i++)
            result.Storage[i] = start + (T.CreateChecked(i) * step);
        return result;
    }

    /// <summary><paramref name="count"/> numbers from <paramref name="start"/> to <paramref name="stop"/>, both included, evenly
    /// spaced.</summary>
    public static NdArray<T> Linspace<T>(T start, T stop, int count)
        where T : unmanaged, IFloatingPoint<T>
    {
        var result = Zeros<T>(count);
        for (var i = 0; i < count; i++)
            result.Storage[i] = i == count - 1 ? stop : start + ((stop - start) * T.CreateChecked(i) / T.CreateChecked(count - 1));
        if (count == 1)
            result.Storage[0] = start;
        return result;
    }

    /// <summary>Where the mask is true the element of <paramref name="x"/>, elsewhere that of <paramref name="y"/>; all three stretch to
    /// one shape.</summary>
    public static NdArray<T> Where<T>(NdArray<bool> mask, NdArray<T> x, NdArray<T> y)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var shape = Shape.Broadcast(mask.Shape, Shape.Broadcast(x.Shape, y.Shape, "where"), "where");
        var chosen = mask.BroadcastTo(shape, "where").ToContiguous().Span;
        var result = x.BroadcastTo(shape, "where").Copy();
        var others = y.BroadcastTo(shape, "where").ToContiguous().Span;
        for (var i = 0; i < chosen.Length; i++)
        {
            if (!chosen[i])
                result.Storage[i] = others[i];
        }
        return result;
    }

    /// <summary>Puts arrays one after the other along an axis; their other lengths are equal.</summary>
    public static NdArray<T> Concatenate<T>(int axis, params ReadOnlySpan<NdArray<T>> arrays)
        where T : unmanaged
    {
        if (arrays.IsEmpty)
            throw new ShapeException("concatenate", "no array was given");
        var first = arrays[0].Shape;
        var at = first.Axis(axis, "concatenate");
        var total = 0;
        foreach (var array in arrays)
        {
            if (array.Rank != first.Rank || array.Shape.With(at, first[at]) != first)
                throw ShapeException.Between("concatenate", first, array.Shape, $"only axis {axis} may differ");
            total += array.Shape[at];
        }
        var result = Zeros<T>(first.With(at, total).Lengths);
        var parts = Enumerable.Repeat(Slice.All, first.Rank).ToArray();
        var start = 0;
        foreach (var array in arrays)
        {
            parts[at] = start..(start + array.Shape[at]);
            result[parts] = array;
            start += array.Shape[at];
        }
        return result;
    }

    /// <summary>Puts arrays of one shape side by side along a new axis.</summary>
    public static NdArray<T> Stack<T>(int axis, params ReadOnlySpan<NdArray<T>> arrays)
        where T : unmanaged
    {
        var expanded = new NdArray<T>[arrays.Length];
        for (var i = 0; i < arrays.Length; i++)
        {
            if (arrays[i].Shape != arrays[0].Shape)
                throw ShapeException.Between("stack", arrays[0].Shape, arrays[i].Shape, "all shapes are equal");
            expanded[i] = arrays[i].ExpandDims(axis);
        }
        return Concatenate<T>(axis, expanded);
    }
}
