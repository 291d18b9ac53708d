using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Images as matrices of the patches that kernels see (im2col), and back: row (channel, ky, kx), column (y, x) of the
/// result.</summary>
internal static class Patches
{
    internal static void Gather(in ConvolutionShape s, ReadOnlySpan<float> image, Span<float> patches)
    {
        var row = 0;
        for (var c = 0; c < s.Channels; c++)
        {
            var plane = image.Slice(c * s.Height * s.Width, s.Height * s.Width);
            for (var ky = 0; ky < s.KernelHeight; ky++)
            {
                for (var kx = 0; kx < s.KernelWidth; kx++, row++)
                {
                    var to = patches.Slice(row * s.Places, s.Places);
                    for (var y = 0; y < s.OutHeight; y++)
                        GatherLine(s, plane, (y * s.Stride) + ky - s.PadHeight, kx - s.PadWidth, to.Slice(y * s.OutWidth, s.OutWidth));
                }
            }
        }
    }

    /// <summary>Adds each patch's number to the place of the image that it came from.</summary>
    internal static void Scatter(in ConvolutionShape s, ReadOnlySpan<float> patches, Span<float> image)
    {
        var row = 0;
        for (var c = 0; c < s.Channels; c++)
        {
            var plane = image.Slice(c * s.Height * s.Width, s.Height * s.Width);
            for (var ky = 0; ky < s.KernelHeight; ky++)
            {
                for (var kx = 0; kx < s.KernelWidth; kx++, row++)
                {
                    var from = patches.Slice(row * s.Places, s.Places);
                    for (var y = 0; y < s.OutHeight; y++)
                        ScatterLine(s, from.Slice(y * s.OutWidth, s.OutWidth), (y * s.Stride) + ky - s.PadHeight, kx - s.PadWidth, plane);
                }
            }
        }
    }

    private static void GatherLine(in ConvolutionShape s, ReadOnlySpan<float> plane, int y, int x, Span<float> to)
    {
        if ((uint)y >= (uint)s.Height)
        {
            to.Clear();
            return;
        }
        var line = plane.Slice(y * s.Width, s.Width);
        if (s.Stride == 1)
        {
            var (first, end) = Inside(s, x, to.Length);
            to[..first].Clear();
            if (end > first)
                line.Slice(x + first, end - first).CopyTo(to[first..]);
            to[end..].Clear();
            return;
        }
        for (var i = 0; i < to.Length; i++, x += s.Stride)
            to[i] = (uint)x < (uint)s.Width ? line[x] : 0;
    }

    private static void ScatterLine(in ConvolutionShape s, ReadOnlySpan<float> from, int y, int x, Span<float> plane)
    {
        if ((uint)y >= (uint)s.Height)
            return;
        var line = plane.Slice(y * s.Width, s.Width);
        if (s.Stride == 1)
        {
            var (first, end) = Inside(s, x, from.Length);
            if (end <= first)
                return;
            var to = line.Slice(x + first, end - first);
            TensorPrimitives.Add(to, from[first..end], to);
            return;
        }
        for (var i = 0; i < from.Length; i++, x += s.Stride)
        {
            if ((uint)x < (uint)s.Width)
                line[x] += from[i];
        }
    }

    /// <summary>Which places of a line of patches see the image and not its padding.</summary>
    private static (int First, int End) Inside(in ConvolutionShape s, int x, int length)
    {
        var first = Math.Clamp(-x, 0, length);
        return (first, Math.Clamp(s.Width - x, first, length));
    }
}
