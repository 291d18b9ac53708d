namespace Cairn.Learning;

/// <summary>Pairs the rows of two frames, then takes their columns along.</summary>
internal sealed class FrameJoin
{
    private readonly Frame _left, _right;
    private readonly string[] _on;
    private readonly JoinMatches _matches;

    public FrameJoin(Frame left, Frame right, string[] on)
    {
        (_left, _right, _on) = (left, right, on);
        _matches = JoinMatches.Of([.. on.Select(n => (n, left[n], right[n]))]);
    }

    public static Frame Cross(Frame left, Frame right)
    {
        var count = RequireRows((long)left.RowCount * right.RowCount, left, right);
        var (a, b) = (new int[count], new int[count]);
        for (var i = 0; i < count; i++)
            (a[i], b[i]) = (i / right.RowCount, i % right.RowCount);
        return Beside(left.Take(a), left, right.Take(b), []);
    }

    public Frame Make(JoinKind kind)
    {
        if (kind is JoinKind.Semi or JoinKind.Anti)
            return _left.Take(Enumerable.Range(0, _left.RowCount).Where(i => _matches.Left[i] >= 0 == (kind == JoinKind.Semi)).ToArray());
        var keepsLeft = kind is JoinKind.Left or JoinKind.Outer;
        var (leftRows, rightRows) = _matches.IsUnique && (keepsLeft || _matches.Left.AsSpan().IndexOf(-1) < 0)
            ? (null, _matches.RightRowOf())
            : Pair(keepsLeft);
        if (kind is not (JoinKind.Right or JoinKind.Outer))
            return Assemble(leftRows, rightRows);
        var seen = new bool[_right.RowCount];
        foreach (var row in rightRows.Where(r => r >= 0))
            seen[row] = true;
        var alone = Enumerable.Range(0, seen.Length).Where(i => !seen[i]).ToArray();
        leftRows = [.. leftRows ?? Enumerable.Range(0, _left.RowCount), .. Enumerable.Repeat(-1, alone.Length)];
        return Assemble(leftRows, [.. rightRows, .. alone]);
    }

    /// <param name="leftRows">null when every left row comes once, in order: its columns are shared then.</param>
    private Frame Assemble(int[]? leftRows, int[] rightRows)
    {
        var left = leftRows is null ? _left : _left.Take(leftRows);
        if (leftRows is not null && leftRows.Contains(-1))
        {
            // Rows that only the right frame has bring their keys along.
            var keys = leftRows.Select((l, i) => l >= 0 ? i : -1).ToArray();
            foreach (var name in _on)
            {
                var both = left[name].Append([_right[name]], name);
                left = left.With(name, both.Take(keys.Select((k, i) => k >= 0 ? k : leftRows.Length + rightRows[i]).ToArray()));
            }
        }
        return Beside(left, _left, _right.Drop(_on).Take(rightRows), _on);
    }

    private (int[] Left, int[] Right) Pair(bool keepsLeft)
    {
        var rowsOf = _matches.RightRows(out var starts);
        long count = 0;
        foreach (var key in _matches.Left)
            count += key >= 0 ? starts[key + 1] - starts[key] : keepsLeft ? 1 : 0;
        var (left, right) = (new int[RequireRows(count, _left, _right)], new int[count]);
        var at = 0;
        for (var i = 0; i < _matches.Left.Length; i++)
        {
            var key = _matches.Left[i];
            if (key < 0)
            {
                if (keepsLeft)
                    (left[at], right[at++]) = (i, -1);
                continue;
            }
            for (var r = starts[key]; r < starts[key + 1]; r++)
                (left[at], right[at++]) = (i, rowsOf[r]);
        }
        return (left, right);
    }

    private static Frame Beside(Frame taken, Frame left, Frame right, string[] on)
        => new([.. taken.Pairs(),
            .. right.Pairs().Select(p => (left.Has(p.Name) && !on.Contains(p.Name) ? p.Name + "_right" : p.Name, p.Column))]);

    private static int RequireRows(long count, Frame left, Frame right)
    {
        if (count > Array.MaxLength)
            throw new BadInputException($"join: the result would have {count:N0} rows; a key comes too often in both frames.");
        // A number or a code for each cell, and on both sides which row it is of.
        MemoryNeed.Require(
            (8.0 * (left.Columns.Length + right.Columns.Length) + 8) * count,
            () => $"join: the result of {count:N0} rows",
            "join fewer rows or columns");
        return (int)count;
    }
}
