namespace Cairn.Learning;

/// <summary>The plain recurrent layer (Elman, 1990): state = tanh(W x + U state + b), weights named as PyTorch's.</summary>
public sealed class Recurrent : NetworkLayer
{
    private readonly int size;
    private readonly Tensor inputWeight;
    private readonly Tensor stateWeight;
    private readonly Tensor inputBias;
    private readonly Tensor stateBias;

    public Recurrent(int inputs, int size, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(random);
        this.size = size;
        var bound = 1 / MathF.Sqrt(size);
        inputWeight = Parameter("weight_ih_l0", random.Uniform(-bound, bound, size, inputs));
        stateWeight = Parameter("weight_hh_l0", random.Uniform(-bound, bound, size, size));
        inputBias = Parameter("bias_ih_l0", random.Uniform(-bound, bound, size));
        stateBias = Parameter("bias_hh_l0", random.Uniform(-bound, bound, size));
    }

    /// <summary>All states (N, L, size) of sequences (N, L, inputs).</summary>
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape.Rank != 3)
            throw new ShapeException("recurrent", $"shape {input.Shape} is not (count, length, inputs)");
        var (count, length) = (input.Shape[0], input.Shape[1]);
        var given = input.Linear(inputWeight, inputBias);
        var state = new Tensor(NdArray.Zeros<float>(count, size));
        var states = new Tensor[length];
        for (var t = 0; t < length; t++)
        {
            state = (given[.., t] + state.Linear(stateWeight, stateBias)).Tanh();
            states[t] = state.Reshape(count, 1, size);
        }
        return Tensor.Concatenate(1, states);
    }
}
