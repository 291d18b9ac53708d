using System.Numerics;

namespace Cairn.Learning;

/// <summary>Sorting with NaN last, as NumPy has it (.NET puts it first).</summary>
internal static class Ordering
{
    internal static void Sort<T>(Span<T> run)
        where T : unmanaged, INumber<T>
    {
        run.Sort();
        var missing = 0;
        while (missing < run.Length && T.IsNaN(run[missing]))
            missing++;
        if (missing == 0)
            return;
        var nan = run[0];
        run[missing..].CopyTo(run);
        run[^missing..].Fill(nan);
    }

    internal static NdArray<int> ArgSort<T>(NdArray<T> array, int axis)
        where T : unmanaged, INumber<T>
    {
        var at = array.Shape.Axis(axis, "argsort");
        var runs = Reduction.AxisLast(array, at).ToContiguous();
        var length = array.Shape[at];
        var result = new NdArray<int>(new int[array.Count], runs.Shape);
        var keys = new (T Key, int Position)[length];
        for (var start = 0; start < array.Count; start += length)
        {
            var run = runs.Span.Slice(start, length);
            for (var i = 0; i < length; i++)
                keys[i] = (run[i], i);
            Array.Sort(keys, Compare);
            for (var i = 0; i < length; i++)
                result.Storage[start + i] = keys[i].Position;
        }
        return Reduction.AxisBack(result, at).ToContiguous();
    }

    internal static (NdArray<T> Values, NdArray<int> Counts) Unique<T>(NdArray<T> array)
        where T : unmanaged, INumber<T>
    {
        var sorted = array.ToArray();
        Sort<T>(sorted);
        var values = new List<T>();
        var counts = new List<int>();
        foreach (var value in sorted)
        {
            if (values.Count > 0 && values[^1].Equals(value))
            {
                counts[^1]++;
                continue;
            }
            values.Add(value);
            counts.Add(1);
        }
        return (NdArray.Of<T>([.. values]), NdArray.Of<int>([.. counts]));
    }

    private static int Compare<T>((T Key, int Position) x, (T Key, int Position) y)
        where T : unmanaged, INumber<T>
    {
        var byKey = (T.IsNaN(x.Key), T.IsNaN(y.Key)) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => x.Key.CompareTo(y.Key),
        };
        return byKey != 0 ? byKey : x.Position.CompareTo(y.Position);
    }
}
