namespace Cairn.Learning;

/// <content>Pooling over windows of images (N, C, H, W) and of sequences (N, C, L).</content>
public sealed partial class Tensor
{
    /// <summary>The largest number of each window of <paramref name="size"/> by <paramref name="size"/>; what does not fill a window is
    /// left out. Padding around the image is never the largest.</summary>
    public Tensor MaxPool(int size, int? stride = null, int padding = 0)
        => Largest(PoolingShape.OfImages("max pool", Shape, size, stride, padding));

    /// <summary>The mean of each window.</summary>
    public Tensor AveragePool(int size, int? stride = null) => Means(PoolingShape.OfImages("average pool", Shape, size, stride, 0));

    /// <summary>The largest number of each window of a sequence (N, C, L).</summary>
    public Tensor MaxPool1d(int size, int? stride = null, int padding = 0)
        => Largest(PoolingShape.OfSequences("max pool", Shape, size, stride, padding));

    /// <summary>The mean of each window of a sequence.</summary>
    public Tensor AveragePool1d(int size, int? stride = null) => Means(PoolingShape.OfSequences("average pool", Shape, size, stride, 0));

    private Tensor Largest(PoolingShape s)
    {
        var data = GC.AllocateUninitializedArray<float>(s.Result.Count);
        var chosen = GC.AllocateUninitializedArray<int>(data.Length);
        Parallels.Rows(s.Planes, s.Height * s.Width, (first, count) =>
        {
            for (var plane = first; plane < first + count; plane++)
            {
                var at = plane * s.OutHeight * s.OutWidth;
                for (var y = 0; y < s.OutHeight; y++)
                {
                    for (var x = 0; x < s.OutWidth; x++, at++)
                    {
                        chosen[at] = LargestOf(s, plane * s.Height * s.Width, y, x);
                        data[at] = Data[chosen[at]];
                    }
                }
            }
        });
        return Result(data, s.Result, [this], result =>
        {
            var to = TakeGradient();
            var g = result.GradientData!;
            for (var i = 0; i < chosen.Length; i++)
                to[chosen[i]] += g[i];
        });
    }

    private Tensor Means(PoolingShape s)
    {
        var share = 1f / (s.SizeY * s.SizeX);
        var data = GC.AllocateUninitializedArray<float>(s.Result.Count);
        Walk((window, to) =>
        {
            var sum = 0f;
            for (var y = 0; y < s.SizeY; y++)
            {
                foreach (var value in Data.AsSpan(window + (y * s.Width), s.SizeX))
                    sum += value;
            }
            data[to] = sum * share;
        });
        return Result(data, s.Result, [this], result =>
        {
            var gradient = TakeGradient();
            var g = result.GradientData!;
            Walk((window, to) =>
            {
                for (var y = 0; y < s.SizeY; y++)
                {
                    foreach (ref var value in gradient.AsSpan(window + (y * s.Width), s.SizeX))
                        value += g[to] * share;
                }
            });
        });

        // Calls back with the first place of each window, and the place of its mean.
        void Walk(Action<int, int> visit) => Parallels.Rows(s.Planes, s.Height * s.Width, (first, count) =>
        {
            for (var plane = first; plane < first + count; plane++)
            {
                var to = plane * s.OutHeight * s.OutWidth;
                for (var y = 0; y < s.OutHeight; y++)
                {
                    for (var x = 0; x < s.OutWidth; x++)
                        visit((plane * s.Height * s.Width) + (y * s.StepY * s.Width) + (x * s.StepX), to++);
                }
            }
        });
    }

    /// <summary>The place of the largest number in a window; of a window's parts outside the image there is none.</summary>
    private int LargestOf(PoolingShape s, int plane, int outY, int outX)
    {
        var (top, left) = ((outY * s.StepY) - s.PadY, (outX * s.StepX) - s.PadX);
        var (fromX, toX) = (Math.Max(0, left), Math.Min(s.Width, left + s.SizeX));
        var best = -1;
        for (var y = Math.Max(0, top); y < Math.Min(s.Height, top + s.SizeY); y++)
        {
            for (var i = plane + (y * s.Width) + fromX; i < plane + (y * s.Width) + toX; i++)
            {
                if (best < 0 || Data[i] > Data[best] || float.IsNaN(Data[i]))
                    best = i;
            }
        }
        return best;
    }
}
