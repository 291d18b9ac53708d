using System.Numerics;

namespace Cairn.Learning;

/// <summary>Computes one aggregate of every group.</summary>
internal static class GroupMath
{
    private const int LeastPart = 1 << 16;
    private const int MostParts = 8;

    public static Column Compute(Frame frame, Keys keys, Aggregate aggregate)
    {
        if (aggregate.Column is not { } name)
            return new IntegerColumn(Array.ConvertAll(CountRows(keys), c => (long)c));
        var column = frame[name];
        if (aggregate.Kind is AggregateKind.First or AggregateKind.Last)
            return column.Take(Edge(keys, column, aggregate.Kind == AggregateKind.Last));
        if (aggregate.Kind == AggregateKind.Distinct)
            return CountDistinct(keys, column);
        if (aggregate.Kind == AggregateKind.Count)
            return CountPresent(keys, column);
        return column switch
        {
            DateColumn dates when aggregate.Kind is AggregateKind.Min or AggregateKind.Max => new DateColumn(Extremes(keys, dates.Memory,
                IntegerColumn.MissingValue, aggregate.Kind)),
            IntegerColumn integers when aggregate.Kind is AggregateKind.Min or AggregateKind.Max => new IntegerColumn(Extremes(keys,
                integers.Memory, IntegerColumn.MissingValue, aggregate.Kind)),
            IntegerColumn integers when aggregate.Kind == AggregateKind.Sum => new IntegerColumn(Array.ConvertAll(Sums(keys,
                integers.Memory, IntegerColumn.MissingValue), s => s.Sum)),
            _ => OfNumbers(keys, frame.NumericOf(name).Memory, aggregate.Kind),
        };
    }

    /// <summary>Row numbers, those of group 0 first.</summary>
    /// <param name="starts">Where each group begins, and the end.</param>
    public static int[] RowsByGroup(Keys keys, out int[] starts)
    {
        starts = new int[keys.Count + 1];
        foreach (var group in keys.Rows)
            starts[group + 1]++;
        for (var g = 0; g < keys.Count; g++)
            starts[g + 1] += starts[g];
        var next = starts[..^1];
        var rows = new int[keys.Rows.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[next[keys.Rows[i]]++] = i;
        return rows;
    }

    private static NumberColumn OfNumbers(Keys keys, ReadOnlyMemory<double> values, AggregateKind kind) => kind switch
    {
        AggregateKind.Sum => new(Array.ConvertAll(Sums(keys, values, double.NaN), s => s.Sum)),
        AggregateKind.Mean => new(Array.ConvertAll(Sums(keys, values, double.NaN), s => s.Count == 0 ? double.NaN : s.Sum / s.Count)),
        AggregateKind.Std => new(Deviations(keys, values)),
        AggregateKind.Median => new(Medians(keys, values)),
        _ => new(Extremes(keys, values, double.NaN, kind)),
    };

    private static GroupSum<T>[] Sums<T>(Keys keys, ReadOnlyMemory<T> values, T missing)
        where T : unmanaged, INumber<T>
        => Fold<GroupSum<T>>(
            keys,
            (from, to, sums) =>
            {
                var groups = keys.Rows.AsSpan(from, to - from);
                var part = values.Span[from..to];
                for (var i = 0; i < part.Length; i++)
                {
                    var value = part[i];
                    if (T.IsNaN(value) || value == missing)
                        continue;
                    ref var sum = ref sums[groups[i]];
                    sum.Sum += value;
                    sum.Count++;
                }
            },
            static (a, b) => new() { Sum = a.Sum + b.Sum, Count = a.Count + b.Count });

    private static T[] Extremes<T>(Keys keys, ReadOnlyMemory<T> values, T missing, AggregateKind kind)
        where T : unmanaged, INumber<T>
    {
        var most = kind == AggregateKind.Max;
        var found = Fold<GroupSum<T>>(
            keys,
            (from, to, bests) =>
            {
                var groups = keys.Rows.AsSpan(from, to - from);
                var part = values.Span[from..to];
                for (var i = 0; i < part.Length; i++)
                {
                    var value = part[i];
                    if (T.IsNaN(value) || value == missing)
                        continue;
                    ref var best = ref bests[groups[i]];
                    if (best.Count == 0 || (most ? value > best.Sum : value < best.Sum))
                        best.Sum = value;
                    best.Count = 1;
                }
            },
            (a, b) => a.Count == 0 ? b : b.Count == 0 ? a : (most ? b.Sum > a.Sum : b.Sum < a.Sum) ? b : a);
        return Array.ConvertAll(found, f => f.Count == 0 ? missing : f.Sum);
    }

    // In two passes, the mean first, so that close values far from zero keep their digits.
    private static double[] Deviations(Keys keys, ReadOnlyMemory<double> values)
    {
        var means = Array.ConvertAll(Sums(keys, values, double.NaN), s => s.Count == 0 ? double.NaN : s.Sum / s.Count);
        var squares = Fold<GroupSum<double>>(
            keys,
            (from, to, sums) =>
            {
                var part = values.Span;
                for (var i = from; i < to; i++)
                {
                    if (double.IsNaN(part[i]))
                        continue;
                    ref var sum = ref sums[keys.Rows[i]];
                    var off = part[i] - means[keys.Rows[i]];
                    sum.Sum += off * off;
                    sum.Count++;
                }
            },
            static (a, b) => new() { Sum = a.Sum + b.Sum, Count = a.Count + b.Count });
        return Array.ConvertAll(squares, s => s.Count < 2 ? double.NaN : Math.Sqrt(s.Sum / (s.Count - 1)));
    }

    private static double[] Medians(Keys keys, ReadOnlyMemory<double> values)
    {
        var rows = RowsByGroup(keys, out var starts);
        var medians = new double[keys.Count];
        LearningThreads.For(rows.Length < LeastPart ? 1 : LearningThreads.Count, part =>
        {
            var parts = rows.Length < LeastPart ? 1 : LearningThreads.Count;
            for (var g = part; g < keys.Count; g += parts)
                medians[g] = MedianOf(rows.AsSpan(starts[g]..starts[g + 1]), values.Span);
        });
        return medians;
    }

    private static double MedianOf(ReadOnlySpan<int> rows, ReadOnlySpan<double> values)
    {
        var present = new List<double>(rows.Length);
        foreach (var row in rows)
        {
            if (!double.IsNaN(values[row]))
                present.Add(values[row]);
        }
        present.Sort();
        return present.Count == 0 ? double.NaN : (present[(present.Count - 1) / 2] + present[present.Count / 2]) / 2;
    }

    private static int[] CountRows(Keys keys)
        => Fold<int>(keys, (from, to, counts) =>
        {
            for (var i = from; i < to; i++)
                counts[keys.Rows[i]]++;
        }, static (a, b) => a + b);

    private static IntegerColumn CountPresent(Keys keys, Column column)
    {
        var counts = new long[keys.Count];
        for (var i = 0; i < keys.Rows.Length; i++)
            counts[keys.Rows[i]] += column.IsMissing(i) ? 0 : 1;
        return new(counts);
    }

    private static IntegerColumn CountDistinct(Keys keys, Column column)
    {
        var both = keys.And(column.ToKeys());
        var counts = new long[keys.Count];
        foreach (var row in both.First)
            counts[keys.Rows[row]] += column.IsMissing(row) ? 0 : 1;
        return new(counts);
    }

    private static int[] Edge(Keys keys, Column column, bool last)
    {
        var rows = new int[keys.Count];
        Array.Fill(rows, -1);
        for (var i = 0; i < keys.Rows.Length; i++)
        {
            ref var row = ref rows[keys.Rows[i]];
            if ((last || row < 0) && !column.IsMissing(i))
                row = i;
        }
        return rows;
    }

    /// <summary>
    /// Folds parts of the rows into a place per group and joins the parts in their order. The parts do not depend on the number of
    /// threads, as rounded sums depend on them.
    /// </summary>
    private static T[] Fold<T>(Keys keys, Action<int, int, T[]> body, Func<T, T, T> join)
    {
        // Parts cost a place per group each, so many groups want long parts.
        var least = Math.Max(LeastPart, keys.Count * 2);
        var (rows, count) = (keys.Rows.Length, Math.Clamp(keys.Rows.Length / least, 1, MostParts));
        var parts = new T[count][];
        LearningThreads.For(count, part => body(
            (int)((long)rows * part / count), (int)((long)rows * (part + 1) / count), parts[part] = new T[keys.Count]));
        return parts.Aggregate((all, next) =>
        {
            for (var g = 0; g < all.Length; g++)
                all[g] = join(all[g], next[g]);
            return all;
        });
    }

    private struct GroupSum<T>
    {
        public T Sum;
        public long Count;
    }
}
