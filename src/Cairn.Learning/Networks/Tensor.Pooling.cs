namespace Cairn.Learning;

/// <content>Pooling over windows of images (N, C, H, W).</content>
public sealed partial class Tensor
{
    /// <summary>The largest number of each window of <paramref name="size"/> by <paramref name="size"/>; what does not fill a window is
    /// left out.</summary>
    public Tensor MaxPool(int size, int? stride = null)
    {
        var (planes, height, width, outHeight, outWidth, step) = Windows("max pool", size, stride);
        var data = GC.AllocateUninitializedArray<float>(planes * outHeight * outWidth);
        var chosen = GC.AllocateUninitializedArray<int>(data.Length);
        Parallels.Rows(planes, height * width, (first, count) =>
        {
            for (var plane = first; plane < first + count; plane++)
            {
                var at = plane * outHeight * outWidth;
                for (var y = 0; y < outHeight; y++)
                {
                    for (var x = 0; x < outWidth; x++, at++)
                    {
                        chosen[at] = Largest((plane * height * width) + (y * step * width) + (x * step), size, width);
                        data[at] = Data[chosen[at]];
                    }
                }
            }
        });
        return Result(data, Shape.Of(Shape[0], Shape[1], outHeight, outWidth), [this], result =>
        {
            var to = TakeGradient();
            var g = result.GradientData!;
            for (var i = 0; i < chosen.Length; i++)
                to[chosen[i]] += g[i];
        });
    }

    /// <summary>The mean of each window.</summary>
    public Tensor AveragePool(int size, int? stride = null)
    {
        var (planes, height, width, outHeight, outWidth, step) = Windows("average pool", size, stride);
        var data = new float[planes * outHeight * outWidth];
        Walk((from, to) => data[to] += Data[from] / (size * size));
        return Result(data, Shape.Of(Shape[0], Shape[1], outHeight, outWidth), [this], result =>
        {
            var gradient = TakeGradient();
            var g = result.GradientData!;
            Walk((from, to) => gradient[from] += g[to] / (size * size));
        });

        void Walk(Action<int, int> visit) => Parallels.Rows(planes, height * width, (first, count) =>
        {
            for (var to = first * outHeight * outWidth; to < (first + count) * outHeight * outWidth; to++)
            {
                var (plane, place) = Math.DivRem(to, outHeight * outWidth);
                var (y, x) = Math.DivRem(place, outWidth);
                for (var i = 0; i < size * size; i++)
                    visit((plane * height * width) + (((y * step) + (i / size)) * width) + (x * step) + (i % size), to);
            }
        });
    }

    private int Largest(int start, int size, int width)
    {
        var best = start;
        for (var y = 0; y < size; y++)
        {
            for (var i = start + (y * width); i < start + (y * width) + size; i++)
            {
                if (Data[i] > Data[best] || float.IsNaN(Data[i]))
                    best = i;
            }
        }
        return best;
    }

    private (int Planes, int Height, int Width, int OutHeight, int OutWidth, int Step) Windows(string operation, int size, int? stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var step = stride ?? size;
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1, nameof(stride));
        if (Shape.Rank != 4 || Shape[2] < size || Shape[3] < size)
            throw new ShapeException(operation, $"shape {Shape} is not (count, channels, height, width) with room for a window of {size}");
        return (Shape[0] * Shape[1], Shape[2], Shape[3], ((Shape[2] - size) / step) + 1, ((Shape[3] - size) / step) + 1, step);
    }
}
