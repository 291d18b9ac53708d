using System.Diagnostics.CodeAnalysis;

namespace Cairn.Learning;

/// <summary>
/// An n-dimensional array of <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c>, <c>byte</c> or <c>bool</c>: a shape over shared storage.
/// Slices, transposes and (where the strides allow) reshapes are views: writing to one writes to what it was taken from. Everything that
/// computes returns a new array. Two threads may read one array; writing while another reads is the caller's to prevent.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is an array.")]
public sealed partial class NdArray<T>
    where T : unmanaged
{
    private readonly int[] strides;

    internal NdArray(T[] storage, Shape shape, int[] strides, int offset)
    {
        Storage = storage;
        Shape = shape;
        this.strides = strides;
        // Steps over an axis may lead beyond a storage without elements.
        Offset = shape.Count == 0 ? 0 : offset;
        IsContiguous = RowMajor();
    }

    internal NdArray(T[] storage, Shape shape)
        : this(storage, shape, shape.RowMajorStrides(), 0)
    {
    }

    /// <summary>An array over the given numbers, not copied, row after row.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static NdArray<T> Over(T[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wanted = Shape.Of(shape);
        return wanted.Count == values.Length
            ? new NdArray<T>(values, wanted)
            : throw new ShapeException("array", $"shape {wanted} has {wanted.Count} elements, but {values.Length} were given");
    }

    internal T[] Storage { get; }

    public Shape Shape { get; }

    /// <summary>For each axis, how many elements of the storage lie between neighbours; 0 where a length was stretched.</summary>
    public ReadOnlySpan<int> Strides => strides;

    /// <summary>Where in the storage the first element lies.</summary>
    public int Offset { get; }

    public int Rank => Shape.Rank;

    /// <summary>The number of elements.</summary>
    public int Count => Shape.Count;

    /// <summary>The length of the first axis: rows of a matrix.</summary>
    public int Length => Rank == 0 ? 1 : Shape[0];

    /// <summary>Whether the elements lie one after the other, row after row, so that <see cref="Span"/> is without a copy.</summary>
    public bool IsContiguous { get; }

    /// <summary>All elements, row after row, as storage that can be written.</summary>
    /// <exception cref="InvalidOperationException">This is a view with gaps or another order: take <see cref="ToContiguous"/>
    /// first.</exception>
    public Span<T> Span => IsContiguous
        ? Storage.AsSpan(Offset, Count)
        : throw new InvalidOperationException(
            $"A view of shape {Shape} with strides ({string.Join(", ", strides)}) is not one span; use ToContiguous().");

    /// <summary>One element by its position on each axis; negative positions count from the end.</summary>
    public T this[params ReadOnlySpan<int> index]
    {
        get => Storage[Position(index)];
        set => Storage[Position(index)] = value;
    }

    /// <inheritdoc cref="this[ReadOnlySpan{int}]"/>
    public T this[int index]
    {
        get => Storage[Position([index])];
        set => Storage[Position([index])] = value;
    }

    /// <inheritdoc cref="this[ReadOnlySpan{int}]"/>
    public T this[int row, int column]
    {
        get => Storage[Position([row, column])];
        set => Storage[Position([row, column])] = value;
    }

    /// <summary>The only element of an array that has one.</summary>
    public T Scalar() => Count == 1
        ? Storage[Offset]
        : throw new ShapeException("scalar", $"shape {Shape} has {Count} elements, not one");

    /// <summary>Row <paramref name="row"/> of a matrix as a span over the storage.</summary>
    /// <exception cref="ShapeException">This is not a matrix, has no such row, or its rows have gaps (take <see cref="ToContiguous"/>
    /// first).</exception>
    public Span<T> Row(int row)
    {
        if (Rank != 2)
            throw new ShapeException("row", $"a row is taken from a matrix, this has shape {Shape}");
        if (strides[1] != 1 && Shape[1] > 1)
            throw new ShapeException("row", $"the rows of this view of shape {Shape} have gaps of {strides[1]}; use ToContiguous() first");
        var at = Resolve(row, 0);
        return Shape[1] == 0 ? [] : Storage.AsSpan(Offset + (at * strides[0]), Shape[1]);
    }

    /// <summary>This array, or a copy whose elements lie row after row.</summary>
    public NdArray<T> ToContiguous() => IsContiguous ? this : Copy();

    /// <summary>A new array with storage of its own.</summary>
    public NdArray<T> Copy()
    {
        var copy = new NdArray<T>(new T[Count], Shape);
        Layout.Copy(this, copy);
        return copy;
    }

    /// <summary>The elements, row after row, as a new .NET array.</summary>
    public T[] ToArray()
    {
        var copy = new T[Count];
        CopyTo(copy);
        return copy;
    }

    /// <summary>Writes the elements, row after row.</summary>
    public void CopyTo(Span<T> destination)
    {
        if (IsContiguous)
            Span.CopyTo(destination);
        else
            Layout.Gather(this, destination);
    }

    /// <summary>A number is an array without axes, so that it can be assigned to a slice.</summary>
    public static implicit operator NdArray<T>(T value) => new([value], Shape.Of());

    public override string ToString() => ArrayText.Write(this);

    private int Resolve(int index, int axis)
    {
        var length = Shape.Lengths[axis];
        var resolved = index < 0 ? index + length : index;
        return (uint)resolved < (uint)length
            ? resolved
            : throw new ArgumentOutOfRangeException(nameof(index), index,
                $"Axis {axis} of shape {Shape} has positions {-length} to {length - 1}.");
    }

    private int Position(ReadOnlySpan<int> index)
    {
        if (index.Length != Rank)
        {
            throw new ShapeException("index", $"{index.Length} positions were given for shape {Shape}, which has {Rank} axes"
                + (index.Length < Rank ? "; to take a part, write a range: a[i, ..]" : ""));
        }
        var position = Offset;
        for (var axis = 0; axis < index.Length; axis++)
            position += Resolve(index[axis], axis) * strides[axis];
        return position;
    }

    private bool RowMajor()
    {
        var step = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            var length = Shape.Lengths[axis];
            if (length == 0)
                return true;
            if (length != 1 && strides[axis] != step)
                return false;
            step *= length;
        }
        return true;
    }
}
