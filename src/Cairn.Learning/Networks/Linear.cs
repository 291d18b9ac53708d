namespace Cairn.Learning;

/// <summary>x W' + b. Weights (out, in) and bias begin uniform within 1 / sqrt(in), as PyTorch's.</summary>
public sealed class Linear : NetworkLayer
{
    public Linear(int inputs, int outputs, Seeded random, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bound = 1 / MathF.Sqrt(Math.Max(1, inputs));
        Weight = Parameter("weight", random.Uniform(-bound, bound, outputs, inputs));
        Bias = bias ? Parameter("bias", random.Uniform(-bound, bound, outputs)) : null;
    }

    public Tensor Weight { get; }

    public Tensor? Bias { get; }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Linear(Weight, Bias);
    }
}
