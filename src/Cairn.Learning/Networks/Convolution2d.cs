namespace Cairn.Learning;

/// <summary>Convolution of images (N, C, H, W); see <see cref="Tensor.Convolution(Tensor, Tensor, int, int)"/>.</summary>
public sealed class Convolution2d : NetworkLayer
{
    private readonly int stride;
    private readonly int padding;

    public Convolution2d(int inputs, int outputs, int size, Seeded random, int stride = 1, int padding = 0, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        (this.stride, this.padding) = (stride, padding);
        var bound = 1 / MathF.Sqrt(inputs * size * size);
        Weight = Parameter("weight", random.Uniform(-bound, bound, outputs, inputs, size, size));
        Bias = bias ? Parameter("bias", random.Uniform(-bound, bound, outputs)) : null;
    }

    public Tensor Weight { get; }

    public Tensor? Bias { get; }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Convolution(Weight, Bias, stride, padding);
    }
}
