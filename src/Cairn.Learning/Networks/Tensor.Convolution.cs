namespace Cairn.Learning;

/// <content>Convolution as matrix products of patches.</content>
public sealed partial class Tensor
{
    // Weight gradients are summed within groups of so many images and then over the groups: the order does not depend on the number of
    // threads.
    private const int ImagesPerGroup = 8;

    /// <summary>
    /// Cross-correlation as PyTorch's conv2d: images (N, C, H, W), kernels (O, C, KH, KW), bias (O) give (N, O, H', W'), where
    /// H' = (H + 2 padding - KH) / stride + 1.
    /// </summary>
    public Tensor Convolution(Tensor kernels, Tensor? bias, int stride = 1, int padding = 0)
        => Convolution(kernels, bias, stride, padding, padding);

    internal unsafe Tensor Convolution(Tensor kernels, Tensor? bias, int stride, int padHeight, int padWidth)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        var s = ConvolutionShape.Of(Shape, kernels.Shape, stride, padHeight, padWidth);
        if (bias is not null && bias.Count != s.Outputs)
            throw ShapeException.Between("convolution", kernels.Shape, bias.Shape, "the bias has one number per output");
        var data = GC.AllocateUninitializedArray<float>(s.Images * s.Outputs * s.Places);
        Groups(s, (first, count) =>
        {
            using var scratch = new AlignedScratch<float>(s.Patch * s.Places);
            fixed (float* w = kernels.Data, y = data)
            {
                for (var image = first; image < first + count; image++)
                {
                    Patches.Gather(s, Data.AsSpan(image * s.ImageSize, s.ImageSize), new Span<float>(scratch.Start, s.Patch * s.Places));
                    var to = image * s.Outputs * s.Places;
                    for (var o = 0; bias is not null && o < s.Outputs; o++)
                        data.AsSpan(to + (o * s.Places), s.Places).Fill(bias.Data[o]);
                    Product.Multiply(
                        s.Outputs, s.Places, s.Patch, new Operand<float>(w, s.Patch, 1), new Operand<float>(scratch.Start, s.Places, 1),
                            y + to, s.Places, bias is not null, alone: true);
                }
            }
        });
        Tensor[] from = bias is null ? [this, kernels] : [this, kernels, bias];
        return Result(data, Shape.Of(s.Images, s.Outputs, s.OutHeight, s.OutWidth), from, result =>
            ConvolutionBack(s, kernels, bias, result.GradientData!));
    }

    private unsafe void ConvolutionBack(ConvolutionShape s, Tensor kernels, Tensor? bias, float[] gradient)
    {
        var input = RequiresGradient ? TakeGradient() : null;
        var groups = (s.Images + ImagesPerGroup - 1) / ImagesPerGroup;
        var weights = new float[kernels.RequiresGradient ? groups * kernels.Count : 0];
        Groups(s, (first, count) =>
        {
            using var scratch = new AlignedScratch<float>(s.Patch * s.Places);
            var patches = new Span<float>(scratch.Start, s.Patch * s.Places);
            fixed (float* w = kernels.Data, g = gradient, dw = weights)
            {
                for (var image = first; image < first + count; image++)
                {
                    var of = new Operand<float>(g + (image * s.Outputs * s.Places), s.Places, 1);
                    if (dw is not null)
                    {
                        Patches.Gather(s, Data.AsSpan(image * s.ImageSize, s.ImageSize), patches);
                        var to = dw + (first / ImagesPerGroup * kernels.Count);
                        Product.Multiply(
                            s.Outputs, s.Patch, s.Places, of, new Operand<float>(scratch.Start, 1, s.Places), to, s.Patch,
                                add: image > first, alone: true);
                    }
                    if (input is not null)
                    {
                        Product.Multiply(s.Patch, s.Places, s.Outputs, new Operand<float>(w, 1, s.Patch), of, scratch.Start, s.Places,
                            false, alone: true);
                        Patches.Scatter(s, patches, input.AsSpan(image * s.ImageSize, s.ImageSize));
                    }
                }
            }
        });
        if (kernels.RequiresGradient)
            kernels.AddGradient(new NdArray<float>(weights, Shape.Of(groups, kernels.Count)).Sum(0).Storage);
        if (bias is { RequiresGradient: true })
            bias.AddGradient(new NdArray<float>(gradient, Shape.Of(s.Images, s.Outputs, s.Places)).Sum(2).Sum(0).Storage);
    }

    private static void Groups(ConvolutionShape s, Action<int, int> body)
        => LearningThreads.For((s.Images + ImagesPerGroup - 1) / ImagesPerGroup, group =>
            body(group * ImagesPerGroup, Math.Min(ImagesPerGroup, s.Images - (group * ImagesPerGroup))));
}
