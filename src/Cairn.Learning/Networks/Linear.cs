namespace Cairn.Learning;

/// <summary>x W' + b. Weights (out, in) and bias begin uniform within 1 / sqrt(in), as PyTorch's.</summary>
public sealed class Linear : NetworkLayer
{
    private Tensor? weight;

    public Linear(int inputs, int outputs, Seeded random, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bound = 1 / MathF.Sqrt(Math.Max(1, inputs));
        (Inputs, Outputs) = (inputs, outputs);
        weight = Parameter("weight", random.Uniform(-bound, bound, outputs, inputs));
        Bias = bias ? Parameter("bias", random.Uniform(-bound, bound, outputs)) : null;
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <exception cref="InvalidOperationException">The weights are int8 (<see cref="Module.UseInt8"/>).</exception>
    public Tensor Weight => weight
        ?? throw new InvalidOperationException(
            "The weights of this layer are int8: they predict, and can no longer be read, saved, merged or trained.");

    public Tensor? Bias { get; }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Int8?.Linear(input, Bias) ?? input.Linear(Weight, Bias);
        return LoraAdapter.Current?.Change(this, input) is { } change ? output + change : output;
    }

    private protected override void MakeInt8()
    {
        Int8 = Narrowed(Weight);
        weight = null;
    }
}
