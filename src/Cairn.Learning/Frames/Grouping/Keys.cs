using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>A small number for each row, equal where values are: what grouping works on.</summary>
/// <param name="Rows">A number below <see cref="Count"/> for each row.</param>
/// <param name="First">For each number the first row that has it; numbers are given in the order of these rows.</param>
internal sealed record Keys(int[] Rows, int[] First)
{
    /// <summary>Whole numbers within such a range are looked up in a table, others in a dictionary.</summary>
    private const int DenseRange = 1 << 20;
    private const int LeastPart = 1 << 16;

    public int Count => First.Length;

    public static Keys Of<T>(ReadOnlySpan<T> values, Func<T, long> bits)
    {
        var integers = new long[values.Length];
        for (var i = 0; i < values.Length; i++)
            integers[i] = bits(values[i]);
        return Hashed(integers);
    }

    public static Keys OfIntegers(ReadOnlyMemory<long> values)
    {
        var (least, most) = RangeOf(values);
        if (most < least || (ulong)(most - least) >= DenseRange)
            return Hashed(values.Span);
        // A missing value has the first place of the table.
        return Dense(values.Length, (int)(most - least) + 2, (from, to, places) =>
        {
            var part = values.Span[from..to];
            for (var i = 0; i < part.Length; i++)
                places[i] = part[i] == IntegerColumn.MissingValue ? 0 : (int)(part[i] - least) + 1;
        });
    }

    public static Keys OfCodes(ReadOnlyMemory<int> codes, int count) => Dense(codes.Length, count + 1, (from, to, places) =>
    {
        var part = codes.Span[from..to];
        for (var i = 0; i < part.Length; i++)
            places[i] = part[i] + 1;
    });

    /// <summary>Rows that are equal in both.</summary>
    public Keys And(Keys other)
    {
        var pairs = new long[Rows.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (long)Rows[i] * other.Count + other.Rows[i];
        return OfIntegers(pairs);
    }

    /// <summary>Least and greatest value, missing ones aside; the least is greater than the greatest where there is none.</summary>
    public static (long Least, long Most) RangeOf(ReadOnlyMemory<long> values)
    {
        var parts = new (long Least, long Most)[Threads.PartsOf(values.Length, LeastPart)];
        Threads.Split(values.Length, LeastPart, (from, to, part) =>
        {
            var (least, most) = (long.MaxValue, long.MinValue);
            foreach (var value in values.Span[from..to])
            {
                // What stands for a missing value is the least of all; one less than it is the greatest.
                least = Math.Min(least, unchecked(value - 1));
                most = Math.Max(most, value);
            }
            parts[part] = (least, most);
        });
        var all = (Least: parts.Min(p => p.Least), Most: parts.Max(p => p.Most));
        return all.Most == IntegerColumn.MissingValue ? (0, -1) : (all.Least + 1, all.Most);
    }

    /// <summary>Writes, for rows from one to another, the place of each in the table.</summary>
    private delegate void PlaceWriter(int from, int to, Span<int> places);

    private static Keys Dense(int count, int size, PlaceWriter write)
    {
        var rows = new int[count];
        var firsts = new int[Threads.PartsOf(count, LeastPart)][];
        Threads.Split(count, LeastPart, (from, to, part) =>
        {
            write(from, to, rows.AsSpan(from, to - from));
            var first = new int[size];
            Array.Fill(first, int.MaxValue);
            for (var i = from; i < to; i++)
            {
                ref var place = ref first[rows[i]];
                if (i < place)
                    place = i;
            }
            firsts[part] = first;
        });
        var found = Enumerable.Range(0, size).Select(place => (Place: place, Row: firsts.Min(f => f[place])))
            .Where(f => f.Row != int.MaxValue).OrderBy(f => f.Row).ToArray();
        var numbers = new int[size];
        for (var i = 0; i < found.Length; i++)
            numbers[found[i].Place] = i;
        Threads.Split(count, LeastPart, (from, to) =>
        {
            for (var i = from; i < to; i++)
                rows[i] = numbers[rows[i]];
        });
        return new(rows, Array.ConvertAll(found, f => f.Row));
    }

    private static Keys Hashed(ReadOnlySpan<long> values)
    {
        var table = new Dictionary<long, int>();
        var rows = new int[values.Length];
        var first = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(table, values[i], out var known);
            if (!known)
            {
                number = first.Count;
                first.Add(i);
            }
            rows[i] = number;
        }
        return new(rows, [.. first]);
    }
}
