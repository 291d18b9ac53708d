namespace Cairn.Learning;

/// <summary>The lengths of a convolution: images (N, C, H, W), kernels (O, C, KH, KW).</summary>
internal readonly record struct ConvolutionShape(int Images, int Channels, int Height, int Width, int Outputs, int KernelHeight,
    int KernelWidth, int Stride, int PadHeight, int PadWidth)
{
    internal int OutHeight => ((Height + (2 * PadHeight) - KernelHeight) / Stride) + 1;

    internal int OutWidth => ((Width + (2 * PadWidth) - KernelWidth) / Stride) + 1;

    /// <summary>Numbers under one kernel.</summary>
    internal int Patch => Channels * KernelHeight * KernelWidth;

    /// <summary>Places of a kernel in one image.</summary>
    internal int Places => OutHeight * OutWidth;

    internal int ImageSize => Channels * Height * Width;

    internal static ConvolutionShape Of(Shape images, Shape kernels, int stride, int padHeight, int padWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padHeight);
        ArgumentOutOfRangeException.ThrowIfNegative(padWidth);
        if (images.Rank != 4 || kernels.Rank != 4 || images[1] != kernels[1])
            throw ShapeException.Between("convolution", images, kernels,
                "images are (count, channels, height, width), kernels (outputs, channels, height, width)");
        var shape = new ConvolutionShape(images[0], images[1], images[2], images[3], kernels[0], kernels[2], kernels[3], stride, padHeight,
            padWidth);
        return images[2] + (2 * padHeight) >= kernels[2] && images[3] + (2 * padWidth) >= kernels[3]
            ? shape
            : throw ShapeException.Between("convolution", images, kernels,
                $"the kernel is larger than the image with its padding of {padHeight} by {padWidth}");
    }
}
