namespace Cairn.Learning;

/// <summary>
/// Grows a tree depth first, until leaves are pure or a limit is met. One grower per thread; it is used for tree after tree.
/// </summary>
internal sealed class TreeGrower(BinnedColumns data, TreeOptions options, GrowthCriterion criterion)
{
    private readonly int[] rows = new int[data.Rows];
    private readonly int[] spare = new int[data.Rows];
    private readonly int[] columns = new int[data.Columns.Length];
    private readonly TreeBuilder builder = new(criterion.Outputs);
    private readonly Stack<(int Start, int Count, int Depth, int Parent, bool IsLeft)> open = new();

    /// <summary>Grows a tree over the rows whose weight is above 0.</summary>
    public Tree Grow(int[] weights, int columnsPerSplit, Seeded random)
    {
        var count = 0;
        for (var row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0)
                rows[count++] = row;
        }
        for (var i = 0; i < columns.Length; i++)
            columns[i] = i;
        Span<double> values = new double[criterion.Outputs];
        open.Push((0, count, 0, -1, false));
        while (open.TryPop(out var node))
        {
            var ours = rows.AsSpan(node.Start, node.Count);
            var (weight, isPure) = criterion.Enter(ours);
            criterion.Values(values);
            var at = builder.Leaf(values, weight);
            if (node.Parent >= 0)
                builder.Lead(node.Parent, node.IsLeft, at);
            if (isPure || weight < options.MinRowsToSplit || weight < 2 * options.MinRowsPerLeaf || node.Depth >= options.MaxDepth)
                continue;
            var (column, split) = Best(ours, columnsPerSplit, random);
            if (split.Gain <= 0)
                continue;
            var leftCount = Partition(ours, data.Bins[column], split);
            var bins = data.Columns[column];
            var threshold = split.Next < 0 ? double.MaxValue : bins.Between(split.Bin, split.Next);
            builder.Ask(at, new TreeNode(threshold, column, 0, 0, split.MissingLeft), split.Gain);
            open.Push((node.Start + leftCount, node.Count - leftCount, node.Depth + 1, at, false));
            open.Push((node.Start, leftCount, node.Depth + 1, at, true));
        }
        return builder.Build();
    }

    /// <summary>Looks at columns in a random order until enough were seen and one of them can part the rows.</summary>
    private (int Column, GrownSplit Split) Best(ReadOnlySpan<int> ours, int columnsPerSplit, Seeded random)
    {
        var best = (Column: -1, Split: default(GrownSplit));
        var all = columnsPerSplit >= columns.Length;
        var useful = false;
        for (var seen = 0; seen < columns.Length && (seen < columnsPerSplit || !useful); seen++)
        {
            if (!all)
            {
                var pick = seen + random.Integer(columns.Length - seen);
                (columns[seen], columns[pick]) = (columns[pick], columns[seen]);
            }
            var split = criterion.Find(data.Bins[columns[seen]], ours, options.MinRowsPerLeaf);
            useful |= split.Gain > 0;
            if (split.Gain > best.Split.Gain)
                best = (columns[seen], split);
        }
        return best;
    }

    private int Partition(Span<int> ours, byte[] bins, GrownSplit split)
    {
        var (left, right) = (0, 0);
        foreach (var row in ours)
        {
            int bin = bins[row];
            var isLeft = (bin == ColumnBins.Missing ? split.MissingLeft : bin <= split.Bin) ? 1 : 0;
            ours[left] = row;
            spare[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }
        spare.AsSpan(0, right).CopyTo(ours[left..]);
        return left;
    }
}
