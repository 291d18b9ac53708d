namespace Cairn.Learning;

/// <summary>Convolution of sequences (N, C, L) with kernels (O, C, K).</summary>
public sealed class Convolution1d : NetworkLayer
{
    private readonly int stride;
    private readonly int padding;

    public Convolution1d(int inputs, int outputs, int size, Seeded random, int stride = 1, int padding = 0, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        (this.stride, this.padding) = (stride, padding);
        var bound = 1 / MathF.Sqrt(inputs * size);
        Weight = Parameter("weight", random.Uniform(-bound, bound, outputs, inputs, size));
        Bias = bias ? Parameter("bias", random.Uniform(-bound, bound, outputs)) : null;
    }

    public Tensor Weight { get; }

    public Tensor? Bias { get; }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape.Rank != 3)
            throw new ShapeException("convolution", $"shape {input.Shape} is not (count, channels, length)");
        var line = input.Reshape(input.Shape[0], input.Shape[1], 1, input.Shape[2]);
        var kernels = Weight.Reshape(Weight.Shape[0], Weight.Shape[1], 1, Weight.Shape[2]);
        var result = line.Convolution(kernels, Bias, stride, 0, padding);
        return result.Reshape(result.Shape[0], result.Shape[1], result.Shape[3]);
    }
}
