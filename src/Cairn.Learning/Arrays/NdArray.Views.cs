namespace Cairn.Learning;

/// <content>Parts and other orders of an array.</content>
public sealed partial class NdArray<T>
{
    /// <summary>
    /// A view of a part, one <see cref="Slice"/> per axis; axes not named stay whole: <c>a[1..3, 0]</c>, <c>a["::-1"]</c>, <c>a[..,
    /// ^1]</c>.
    /// Assigning writes through, stretching the right side as <see cref="Shape.Broadcast"/> does.
    /// </summary>
    public NdArray<T> this[params ReadOnlySpan<Slice> parts]
    {
        get => View(parts);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var target = View(parts);
            // A source that overlaps its target is copied first: a["1:"] = a[":-1"] shifts, it does not smear.
            var source = ReferenceEquals(value.Storage, Storage) ? value.Copy() : value;
            Layout.Copy(source.BroadcastTo(target.Shape, "assign"), target);
        }
    }

    /// <summary>The axes in reverse order: a matrix's transpose. A view.</summary>
    public NdArray<T> Transposed => Transpose();

    /// <summary>The axes in another order (reversed when none is named). A view.</summary>
    /// <exception cref="ShapeException">The axes named are not each axis once.</exception>
    public NdArray<T> Transpose(params ReadOnlySpan<int> axes)
    {
        var order = new int[Rank];
        if (axes.IsEmpty)
        {
            for (var i = 0; i < Rank; i++)
                order[i] = Rank - 1 - i;
        }
        else
        {
            if (axes.Length != Rank)
                throw new ShapeException("transpose", $"{axes.Length} axes were named for shape {Shape}");
            for (var i = 0; i < Rank; i++)
                order[i] = Shape.Axis(axes[i], "transpose");
            if (order.Distinct().Count() != Rank)
                throw new ShapeException("transpose",
                    $"the axes ({string.Join(", ", axes.ToArray())}) do not name each axis of shape {Shape} once");
        }
        return new NdArray<T>(Storage, Shape.Of([.. order.Select(a => Shape[a])]), [.. order.Select(a => strides[a])], Offset);
    }

    /// <summary>Exchanges two axes. A view.</summary>
    public NdArray<T> SwapAxes(int first, int second)
    {
        var order = Enumerable.Range(0, Rank).ToArray();
        var (a, b) = (Shape.Axis(first, "swap axes"), Shape.Axis(second, "swap axes"));
        (order[a], order[b]) = (order[b], order[a]);
        return Transpose(order);
    }

    /// <summary>
    /// The same elements, row after row, in another shape; one length may be -1 and is computed. A view where the elements lie row after
    /// row, otherwise a copy.
    /// </summary>
    public NdArray<T> Reshape(params ReadOnlySpan<int> shape)
    {
        var lengths = shape.ToArray();
        var unknown = Array.IndexOf(lengths, -1);
        if (unknown >= 0)
        {
            if (Array.LastIndexOf(lengths, -1) != unknown)
                throw new ShapeException("reshape", $"shape ({string.Join(", ", lengths)}) leaves more than one length to be computed");
            lengths[unknown] = 1;
            var known = Shape.Of(lengths).Count;
            if (known == 0 || Count % known != 0)
                throw new ShapeException("reshape",
                    $"the {Count} elements of shape {Shape} do not fill ({string.Join(", ", shape.ToArray())})");
            lengths[unknown] = Count / known;
        }
        var wanted = Shape.Of(lengths);
        if (wanted.Count != Count)
            throw ShapeException.Between("reshape", Shape, wanted, $"{Count} elements against {wanted.Count}");
        var source = ToContiguous();
        return new NdArray<T>(source.Storage, wanted, wanted.RowMajorStrides(), source.Offset);
    }

    /// <summary>All elements as a vector; a view where the elements lie row after row.</summary>
    public NdArray<T> Ravel() => Reshape(Count);

    /// <summary>Puts an axis of length 1 before <paramref name="axis"/> (-1: after the last). A view.</summary>
    public NdArray<T> ExpandDims(int axis)
    {
        var at = axis < 0 ? axis + Rank + 1 : axis;
        if (at < 0 || at > Rank)
            throw new ShapeException("expand dims", $"shape {Shape} has no place {axis} for a new axis");
        int[] lengths = [.. Shape.Lengths[..at], 1, .. Shape.Lengths[at..]];
        int[] steps = [.. Strides[..at], 0, .. Strides[at..]];
        return new NdArray<T>(Storage, Shape.Of(lengths), steps, Offset);
    }

    /// <summary>Takes the axes of length 1 away. A view.</summary>
    public NdArray<T> Squeeze()
    {
        var kept = Enumerable.Range(0, Rank).Where(a => Shape[a] != 1).ToArray();
        return new NdArray<T>(Storage, Shape.Of([.. kept.Select(a => Shape[a])]), [.. kept.Select(a => strides[a])], Offset);
    }

    /// <summary>A view that repeats axes of length 1 (and puts axes before the first) up to the wanted shape.</summary>
    public NdArray<T> BroadcastTo(params ReadOnlySpan<int> shape) => BroadcastTo(Shape.Of(shape), "broadcast");

    internal NdArray<T> BroadcastTo(Shape wanted, string operation)
    {
        if (wanted == Shape)
            return this;
        if (wanted.Rank < Rank)
            throw ShapeException.Between(operation, Shape, wanted, $"{Rank} axes against {wanted.Rank}");
        var steps = new int[wanted.Rank];
        for (var back = 1; back <= Rank; back++)
        {
            var length = Shape[-back];
            if (length != wanted[-back] && length != 1)
                throw ShapeException.Between(operation, Shape, wanted, $"axis {-back} is {length} against {wanted[-back]}");
            steps[wanted.Rank - back] = length == 1 ? 0 : strides[Rank - back];
        }
        return new NdArray<T>(Storage, wanted, steps, Offset);
    }

    private NdArray<T> View(ReadOnlySpan<Slice> parts)
    {
        var named = 0;
        var rests = 0;
        foreach (var part in parts)
        {
            named += part.IsNewAxis || part.IsRest ? 0 : 1;
            rests += part.IsRest ? 1 : 0;
        }
        if (named > Rank || rests > 1)
            throw new ShapeException("slice",
                $"{named} parts{(rests > 1 ? $" and {rests} rests" : "")} were given for shape {Shape}, which has {Rank} axes");
        var lengths = new List<int>(Rank);
        var steps = new List<int>(Rank);
        var offset = Offset;
        var axis = 0;
        foreach (var part in parts)
        {
            if (part.IsNewAxis)
            {
                lengths.Add(1);
                steps.Add(0);
            }
            else if (part.IsRest)
            {
                for (var whole = Rank - named; whole > 0; whole--)
                    Keep(axis++);
            }
            else if (part.IsPosition)
            {
                var position = part.Position(Shape[axis]);
                if (position < 0)
                    throw new ArgumentOutOfRangeException(nameof(parts), part.ToString(),
                        $"Axis {axis} of shape {Shape} has positions {-Shape[axis]} to {Shape[axis] - 1}.");
                offset += position * strides[axis++];
            }
            else
            {
                var (first, count, step) = part.Resolve(Shape[axis]);
                lengths.Add(count);
                steps.Add(step * strides[axis]);
                offset += count == 0 ? 0 : first * strides[axis];
                axis++;
            }
        }
        while (axis < Rank)
            Keep(axis++);
        return new NdArray<T>(Storage, Shape.Of([.. lengths]), [.. steps], offset);

        void Keep(int whole)
        {
            lengths.Add(Shape[whole]);
            steps.Add(strides[whole]);
        }
    }
}
