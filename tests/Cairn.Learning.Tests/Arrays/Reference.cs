namespace Cairn.Learning.Tests;

/// <summary>The slow and obvious way, one element at a time, that fast paths are held against.</summary>
internal static class Reference
{
    /// <summary>Every position of a shape, row after row.</summary>
    internal static IEnumerable<int[]> Positions(Shape shape)
    {
        var position = new int[shape.Rank];
        for (var i = 0; i < shape.Count; i++)
        {
            yield return [.. position];
            for (var axis = shape.Rank - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--)
                position[axis] = 0;
        }
    }

    /// <summary>The element that a stretched array has at a position.</summary>
    internal static T Stretched<T>(NdArray<T> array, int[] position)
        where T : unmanaged
        => array[position[^array.Rank..].Select((p, axis) => array.Shape[axis] == 1 ? 0 : p).ToArray()];

    /// <summary>A random array that is as often as not a view: transposed, stepped, reversed.</summary>
    internal static NdArray<double> RandomView(Seeded random, params int[] lengths)
    {
        var kind = random.Integer(4);
        var rank = lengths.Length;
        if (kind == 0 || rank == 0)
            return random.Normal<double>(lengths);
        if (kind == 1)
            return random.Normal<double>([.. lengths.Reverse()]).Transpose();
        var wide = random.Normal<double>([.. lengths[..^1], lengths[^1] * 2]);
        return wide[Slice.Rest, kind == 2 ? "::2" : Slice.Stepped(-1, null, -2)];
    }
}
