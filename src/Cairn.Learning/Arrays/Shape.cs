namespace Cairn.Learning;

/// <summary>The lengths of an array's axes, outermost first: <c>(3, 4)</c> has three rows of four. <c>()</c> is a single number.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly int[]? lengths;

    private Shape(int[] lengths) => this.lengths = lengths;

    /// <summary>Takes a copy of the lengths.</summary>
    /// <exception cref="ShapeException">A length is negative, or the elements would be more than 2,147,483,591 (what one .NET array
    /// holds).</exception>
    public static Shape Of(params ReadOnlySpan<int> lengths)
    {
        long count = 1;
        foreach (var length in lengths)
        {
            if (length < 0)
                throw new ShapeException("shape", $"{Text(lengths)} has a negative length");
            count *= length;
            if (count > Array.MaxLength)
                throw new ShapeException("shape", $"{Text(lengths)} has more elements than one array holds ({Array.MaxLength:N0})");
        }
        return new Shape(lengths.ToArray());
    }

    /// <summary>The number of axes; 0 for a single number.</summary>
    public int Rank => lengths?.Length ?? 0;

    /// <summary>The number of elements.</summary>
    public int Count
    {
        get
        {
            var count = 1;
            foreach (var length in Lengths)
                count *= length;
            return count;
        }
    }

    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>The length of one axis; a negative number counts from the last axis.</summary>
    public int this[int axis] => lengths![Axis(axis, "shape")];

    /// <summary>An axis as a number from 0; a negative one counts from the last.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis, string operation)
    {
        var resolved = axis < 0 ? axis + Rank : axis;
        return (uint)resolved < (uint)Rank
            ? resolved
            : throw new ShapeException(operation, $"shape {this} has no axis {axis} (its axes are {-Rank} to {Rank - 1})");
    }

    /// <summary>The strides, in elements, of an array of this shape whose rows lie one after the other.</summary>
    internal int[] RowMajorStrides()
    {
        var strides = new int[Rank];
        var step = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Math.Max(lengths![axis], 1);
        }
        return strides;
    }

    /// <summary>The shape that two shapes share by NumPy's rule: aligned at the last axis, a length of 1 stretches.</summary>
    /// <exception cref="ShapeException">Two lengths differ and neither is 1; the message names both shapes and the operation.</exception>
    public static Shape Broadcast(Shape left, Shape right, string operation)
    {
        if (left == right)
            return left;
        var rank = Math.Max(left.Rank, right.Rank);
        var result = new int[rank];
        for (var back = 1; back <= rank; back++)
        {
            var l = back <= left.Rank ? left[-back] : 1;
            var r = back <= right.Rank ? right[-back] : 1;
            if (l != r && l != 1 && r != 1)
                throw ShapeException.Between(operation, left, right, $"axis {-back} is {l} against {r}, and neither is 1");
            result[rank - back] = l == 1 ? r : l;
        }
        return Of(result);
    }

    /// <summary>This shape without one axis.</summary>
    internal Shape Without(int axis) => new([.. Lengths[..axis], .. Lengths[(axis + 1)..]]);

    /// <summary>This shape with another length at one axis.</summary>
    internal Shape With(int axis, int length)
    {
        var copy = Lengths.ToArray();
        copy[axis] = length;
        return Of(copy);
    }

    public bool Equals(Shape other) => Lengths.SequenceEqual(other.Lengths);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var length in Lengths)
            hash.Add(length);
        return hash.ToHashCode();
    }

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary><c>(3, 4)</c>, <c>(5,)</c> or <c>()</c>, as NumPy prints it.</summary>
    public override string ToString() => Text(Lengths);

    private static string Text(ReadOnlySpan<int> lengths)
        => lengths.Length == 1 ? $"({lengths[0]},)" : $"({string.Join(", ", lengths.ToArray())})";
}
