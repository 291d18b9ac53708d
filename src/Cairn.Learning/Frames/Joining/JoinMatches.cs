namespace Cairn.Learning;

/// <summary>A number for each distinct key of the right frame, and which of them each row of the left one has.</summary>
/// <param name="Left">For each left row the number of its key; -1 where the right frame has no such key.</param>
/// <param name="Right">For each right row the number of its key; -1 where it is missing.</param>
/// <param name="Count">How many keys the right frame has; a missing one counts too, though no row has its number.</param>
internal sealed record JoinMatches(int[] Left, int[] Right, int Count)
{
    private const int LeastPart = 1 << 16;

    /// <summary>No key comes twice in the right frame, and none is missing.</summary>
    public bool IsUnique => Count == Right.Length && !Right.Contains(-1);

    public static JoinMatches Of(IReadOnlyList<(string Name, Column Left, Column Right)> keys)
        => keys.Select(k => Of(k.Name, k.Left, k.Right)).Aggregate(And);

    /// <summary>Where <see cref="IsUnique"/>: for each left row the right row, or -1.</summary>
    public int[] RightRowOf()
    {
        var rowOf = new int[Count];
        for (var row = 0; row < Right.Length; row++)
            rowOf[Right[row]] = row;
        var rows = new int[Left.Length];
        Threads.Split(rows.Length, LeastPart, (from, to) =>
        {
            for (var i = from; i < to; i++)
                rows[i] = Left[i] < 0 ? -1 : rowOf[Left[i]];
        });
        return rows;
    }

    /// <summary>The right frame's rows, those of key 0 first.</summary>
    public int[] RightRows(out int[] starts)
    {
        starts = new int[Count + 1];
        foreach (var key in Right.Where(k => k >= 0))
            starts[key + 1]++;
        for (var k = 0; k < Count; k++)
            starts[k + 1] += starts[k];
        var next = starts[..^1];
        var rows = new int[starts[^1]];
        for (var row = 0; row < Right.Length; row++)
        {
            if (Right[row] >= 0)
                rows[next[Right[row]]++] = row;
        }
        return rows;
    }

    private static JoinMatches Of(string name, Column left, Column right) => (left, right) switch
    {
        (IntegerColumn l, IntegerColumn r) => OfIntegers(l.Memory, r.Memory, IntegerColumn.MissingValue),
        (DateColumn l, DateColumn r) => OfIntegers(l.Memory, r.Memory, IntegerColumn.MissingValue),
        (TextColumn l, TextColumn r) => OfTexts(l, r),
        (TruthColumn l, TruthColumn r) => OfIntegers(Widen(l), Widen(r), -1),
        (NumberColumn or IntegerColumn, NumberColumn or IntegerColumn) => OfIntegers(Bits(left), Bits(right),
            BitConverter.DoubleToInt64Bits(double.NaN)),
        _ => throw new BadInputException(
            $"join: column '{name}' is {left.Kind} on the left and {right.Kind} on the right; convert one.") { Column = name },
    };

    private static JoinMatches OfIntegers(ReadOnlyMemory<long> left, ReadOnlyMemory<long> right, long missing)
    {
        var keys = Keys.OfIntegers(right);
        var values = keys.First.Select(row => right.Span[row]).ToArray();
        var numbers = keys.Rows;
        if (Array.IndexOf(values, missing) is var none and >= 0)
            numbers = Array.ConvertAll(numbers, n => n == none ? -1 : n);
        var table = new KeyTable(values, missing);
        var found = new int[left.Length];
        Threads.Split(left.Length, LeastPart, (from, to) =>
        {
            var part = left.Span;
            for (var i = from; i < to; i++)
                found[i] = table.Find(part[i]);
        });
        return new(found, numbers, values.Length);
    }

    private static JoinMatches OfTexts(TextColumn left, TextColumn right)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < right.Dictionary.Count; i++)
            positions[right.Dictionary[i]] = i;
        var translated = left.Dictionary.Select(t => positions.GetValueOrDefault(t, -1)).ToArray();
        var codes = Array.ConvertAll(left.Codes.ToArray(), c => c < 0 ? -1L : translated[c]);
        return OfIntegers(codes, Array.ConvertAll(right.Codes.ToArray(), c => (long)c), -1);
    }

    private static JoinMatches And(JoinMatches a, JoinMatches b)
        => OfIntegers(Pairs(a.Left, b.Left, b.Count), Pairs(a.Right, b.Right, b.Count), -1);

    private static long[] Pairs(int[] a, int[] b, int count)
    {
        var pairs = new long[a.Length];
        for (var i = 0; i < a.Length; i++)
            pairs[i] = a[i] < 0 || b[i] < 0 ? -1 : (long)a[i] * count + b[i];
        return pairs;
    }

    private static long[] Widen(TruthColumn column) => Array.ConvertAll(column.Values.ToArray(), v => (long)v);

    private static long[] Bits(Column column) => column is IntegerColumn integers
        ? Array.ConvertAll(integers.Values.ToArray(), v => BitConverter.DoubleToInt64Bits(v == IntegerColumn.MissingValue ? double.NaN : v))
        : Array.ConvertAll(((NumberColumn)column).Values.ToArray(),
            v => BitConverter.DoubleToInt64Bits(double.IsNaN(v) ? double.NaN : v == 0 ? 0 : v));
}
