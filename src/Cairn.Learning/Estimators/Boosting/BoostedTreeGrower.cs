using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cairn.Learning;

/// <summary>
/// Grows one tree leaf by leaf, always where the loss falls most. Of two children the smaller one's histogram is summed over its rows,
/// the other's is
/// what is left of the parent's.
/// </summary>
internal sealed class BoostedTreeGrower
{
    private readonly BinnedColumns data;
    private readonly BoostingOptions options;
    private readonly SplitSearch search;
    private readonly int[] rows;
    private readonly int[] spare;
    private readonly long[] ordered;
    private readonly BoostedSplit[] splits;
    private readonly BoostedSplit[] siblings;
    private readonly Stack<long[]> pool = new();

    /// <param name="unit">What the loss measures first derivatives in.</param>
    public BoostedTreeGrower(BinnedColumns data, BoostingOptions options, double unit)
    {
        this.data = data;
        this.options = options;
        Gradients = new FixedGradients(data.Rows);
        search = new SplitSearch(Gradients, unit, options.MinRowsPerLeaf, options.L2);
        rows = new int[data.Rows];
        spare = new int[data.Rows];
        // The rows of all but the root: of two children the smaller one's are gathered, which is half of its parent's at most.
        ordered = new long[data.Rows / 2 * 2];
        (splits, siblings) = (new BoostedSplit[data.Columns.Length], new BoostedSplit[data.Columns.Length]);
    }

    public FixedGradients Gradients { get; }

    /// <summary>Grows a tree over <see cref="Gradients"/> and adds what it says to the rows' scores.</summary>
    public Tree Grow(double[] scores)
    {
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i;
        var builder = new TreeBuilder(1);
        var (first, second) = Total();
        var root = new Leaf(builder.Leaf([Value(first, second)], rows.Length), 0, rows.Length, 0, first, second);
        Describe(root, Rent());
        List<Leaf> leaves = [root];
        while (leaves.Count < options.MaxLeaves)
        {
            var at = MostPromising(leaves);
            if (at < 0)
                break;
            var (left, right) = Split(leaves[at], builder, leaves.Count + 1 < options.MaxLeaves);
            leaves[at] = left;
            leaves.Add(right);
        }
        foreach (var leaf in leaves)
        {
            Return(leaf.Sums);
            var value = Value(leaf.First, leaf.Second);
            foreach (var row in rows.AsSpan(leaf.Start, leaf.Count))
                scores[row] += value;
        }
        return builder.Build();
    }

    private static int MostPromising(List<Leaf> leaves)
    {
        var (at, gain) = (-1, 0.0);
        for (var i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Best.Gain > gain)
                (at, gain) = (i, leaves[i].Best.Gain);
        }
        return at;
    }

    private (Leaf Left, Leaf Right) Split(Leaf parent, TreeBuilder builder, bool describe)
    {
        var split = parent.Best;
        var leftCount = Partition(parent, split);
        var left = Child(parent.Start, leftCount, split.LeftFirst, split.LeftSecond);
        var right = Child(parent.Start + leftCount, parent.Count - leftCount, parent.First - split.LeftFirst,
            parent.Second - split.LeftSecond);
        var bins = data.Columns[split.Column];
        var threshold = split.LeftBins is not null ? 0
            : split.Bin + 1 < bins.Count ? bins.Between(split.Bin, split.Bin + 1)
            : double.MaxValue;
        builder.Ask(
            parent.Node, new TreeNode(threshold, split.Column, left.Node, right.Node, split.MissingLeft), split.Gain,
            Categories(bins, split.LeftBins));
        if (!describe)
        {
            Return(parent.Sums);
            return (left, right);
        }
        var (small, large) = leftCount <= right.Count ? (left, right) : (right, left);
        var largeCanSplit = CanSplit(large);
        if (!largeCanSplit && !CanSplit(small))
        {
            Return(parent.Sums);
            return (left, right);
        }
        Describe(small, Rent(), parent.Sums!, large);
        return (left, right);

        Leaf Child(int start, int count, long first, long second)
            => new(builder.Leaf([Value(first, second)], count), start, count, parent.Depth + 1, first, second);
    }

    private bool CanSplit(Leaf leaf) => leaf.Count >= 2 * options.MinRowsPerLeaf && !(leaf.Depth >= options.MaxDepth);

    /// <summary>Sums the leaf's histogram, turns the parent's into the sibling's, and finds the best question of each.</summary>
    private void Describe(Leaf leaf, long[] sums, long[]? parent = null, Leaf? sibling = null)
    {
        leaf.Sums = sums;
        if (sibling is not null)
            sibling.Sums = parent;
        var (from, count) = (leaf.Start, leaf.Count);
        var source = Gradients.Words;
        var isAll = count == rows.Length;
        if (!isAll)
            Gather(from, count);
        var columns = data.Columns.Length;
        var (leafSplits, siblingSplits) = (CanSplit(leaf), sibling is not null && CanSplit(sibling));
        Cores.Split(columns, (long)columns * (count + 500) > 20_000, (low, high) =>
        {
            for (var column = low; column < high; column++)
            {
                var histogram = sums.AsSpan(column * Histogram.Bins * 2, Histogram.Bins * 2);
                Histogram.Fill(data.Bins[column], rows.AsSpan(from, count), (isAll ? source : ordered).AsSpan(0, 2 * count), histogram);
                splits[column] = leafSplits ? search.Find(data.Columns[column], column, histogram, leaf.First, leaf.Second) : default;
                if (sibling is null)
                    continue;
                var rest = parent.AsSpan(column * Histogram.Bins * 2, Histogram.Bins * 2);
                Subtract(rest, histogram);
                siblings[column] = siblingSplits
                    ? search.Find(data.Columns[column], column, rest, sibling.First, sibling.Second) : default;
            }
        });
        Decide(leaf, splits);
        if (sibling is not null)
            Decide(sibling, siblings);
    }

    private void Decide(Leaf leaf, BoostedSplit[] found)
    {
        leaf.Best = Best(found);
        if (leaf.Best.Gain > 0)
            return;
        // It stays a leaf: nobody looks at its histogram again.
        Return(leaf.Sums);
        leaf.Sums = null;
    }

    private static BoostedSplit Best(BoostedSplit[] splits)
    {
        var best = default(BoostedSplit);
        foreach (ref readonly var split in splits.AsSpan())
        {
            if (split.Gain > best.Gain)
                best = split;
        }
        return best;
    }

    private static void Subtract(Span<long> from, ReadOnlySpan<long> what)
    {
        var a = MemoryMarshal.Cast<long, Vector256<long>>(from);
        var b = MemoryMarshal.Cast<long, Vector256<long>>(what);
        for (var i = 0; i < a.Length; i++)
            a[i] -= b[i];
    }

    private void Gather(int from, int count) => Cores.Split(count, count > 10_000, (low, high) =>
    {
        var source = MemoryMarshal.Cast<long, Vector128<long>>(Gradients.Words.AsSpan());
        var target = MemoryMarshal.Cast<long, Vector128<long>>(ordered.AsSpan());
        for (var i = low; i < high; i++)
            target[i] = source[rows[from + i]];
    });

    /// <summary>Rows that lead left first, each side in its old order; how many lead left.</summary>
    private int Partition(Leaf leaf, BoostedSplit split)
    {
        Span<bool> goesLeft = stackalloc bool[Histogram.Bins];
        for (var bin = 0; bin < Histogram.Bins; bin++)
            goesLeft[bin] = split.GoesLeft(bin);
        var bins = data.Bins[split.Column];
        var ours = rows.AsSpan(leaf.Start, leaf.Count);
        var (left, right) = (0, 0);
        foreach (var row in ours)
        {
            var isLeft = goesLeft[bins[row]] ? 1 : 0;
            ours[left] = row;
            spare[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }
        spare.AsSpan(0, right).CopyTo(ours[left..]);
        return left;
    }

    private static double[]? Categories(ColumnBins bins, ulong[]? left)
        => left is null
            ? null
            : [.. Enumerable.Range(0, bins.Count).Where(b => ((left[b >> 6] >> (b & 63)) & 1) != 0).Select(bins.Category)];

    private (long First, long Second) Total()
    {
        var (first, second) = (0L, 0L);
        var words = Gradients.Words;
        for (var i = 0; i < words.Length; i += 2)
        {
            first += words[i];
            second += words[i + 1];
        }
        return (first, second);
    }

    private double Value(long first, long second)
        => -options.LearningRate * Gradients.First(first) / Math.Max(Gradients.Second(second) + options.L2, 1e-15);

    private long[] Rent() => pool.TryPop(out var sums) ? sums : new long[data.Columns.Length * Histogram.Bins * 2];

    private void Return(long[]? sums)
    {
        if (sums is not null)
            pool.Push(sums);
    }

    private sealed class Leaf(int node, int start, int count, int depth, long first, long second)
    {
        public int Node => node;

        public int Start => start;

        public int Count => count;

        public int Depth => depth;

        public long First => first;

        public long Second => second;

        public long[]? Sums { get; set; }

        public BoostedSplit Best { get; set; }
    }
}
