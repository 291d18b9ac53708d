using System.Runtime.ExceptionServices;

namespace Cairn.Learning;

/// <summary>Growing many trees over the cores, and the mean of what they say.</summary>
internal static class Forests
{
    /// <param name="criterion">Makes a criterion over a thread's own row weights.</param>
    /// <param name="observer">Told of each tree, whichever it is.</param>
    public static Tree[] Grow(
        Features features, ForestOptions options, int columnsPerSplit, Func<int[], GrowthCriterion> criterion,
        Action<FitRound>? observer = null)
    {
        OptionBounds.AtLeast(1, options.Trees, "the number of trees");
        options.Tree.Validate();
        var data = BinnedColumns.Of(features, options.Tree.MaxBins, options.Seed);
        var trees = new Tree[options.Trees];
        var gate = new Lock();
        var (grown, stopped) = (0, default(ExceptionDispatchInfo));
        Parallel.For(
            0,
            trees.Length,
            Cores.Options,
            () =>
            {
                var weights = new int[data.Rows];
                return (Weights: weights, Grower: new TreeGrower(data, options.Tree, criterion(weights)));
            },
            (tree, loop, local) =>
            {
                // Each tree's numbers come from its own seed, so the forest does not depend on which core grew which tree.
                var random = new Seeded(options.Seed).SplitAt(tree);
                local.Weights.AsSpan().Fill(options.Bootstrap ? 0 : 1);
                for (var i = 0; options.Bootstrap && i < data.Rows; i++)
                    local.Weights[random.Integer(data.Rows)]++;
                trees[tree] = local.Grower.Grow(local.Weights, columnsPerSplit, random);
                Tell(loop);
                return local;
            },
            _ => { });
        stopped?.Throw();
        return trees;

        // What the observer throws ends the loop and comes out as it was thrown, not as one of several.
        void Tell(ParallelLoopState loop)
        {
            lock (gate)
            {
                if (observer is null || stopped is not null)
                    return;
                try
                {
                    observer(new FitRound(++grown, trees.Length, null, null));
                }
#pragma warning disable CA1031 // It is thrown again below.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    stopped = ExceptionDispatchInfo.Capture(error);
                    loop.Stop();
                }
            }
        }
    }

    /// <summary>The mean of the trees' values, rows by outputs.</summary>
    public static NdArray<double> Mean(Tree[] trees, Features features)
    {
        const int Block = 256;
        var matrix = features.Dense;
        var result = NdArray.Zeros<double>(features.Rows, trees[0].Outputs);
        var blocks = (features.Rows + Block - 1) / Block;
        Cores.Split(blocks, (long)features.Rows * trees.Length > 2_000, (from, to) =>
        {
            for (var block = from; block < to; block++)
            {
                var end = Math.Min((block + 1) * Block, features.Rows);
                foreach (var tree in trees)
                {
                    for (var row = block * Block; row < end; row++)
                        tree.AddTo(matrix.Row(row), result.Row(row));
                }
            }
        });
        foreach (ref var value in result.Span)
            value /= trees.Length;
        return result;
    }

    public static double[] Importances(Tree[] trees, int columns)
    {
        var mean = new double[columns];
        foreach (var tree in trees)
        {
            var gains = new double[columns];
            tree.AddGainsTo(gains);
            var total = gains.Sum();
            for (var i = 0; i < columns && total > 0; i++)
                mean[i] += gains[i] / total / trees.Length;
        }
        return mean;
    }

    private static Seeded SplitAt(this Seeded random, int position)
    {
        for (var i = 0; i < position; i++)
            random.NextBits();
        return random.Split();
    }
}
