namespace Cairn.Learning;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber, 1997), one layer; weights and gates (input, forget, cell, output) as
/// PyTorch orders them.</summary>
public sealed class Lstm : NetworkLayer
{
    private readonly int size;
    private readonly Tensor inputWeight;
    private readonly Tensor stateWeight;
    private readonly Tensor inputBias;
    private readonly Tensor stateBias;

    public Lstm(int inputs, int size, Seeded random)
    {
        ArgumentNullException.ThrowIfNull(random);
        this.size = size;
        var bound = 1 / MathF.Sqrt(size);
        inputWeight = Parameter("weight_ih_l0", random.Uniform(-bound, bound, 4 * size, inputs));
        stateWeight = Parameter("weight_hh_l0", random.Uniform(-bound, bound, 4 * size, size));
        inputBias = Parameter("bias_ih_l0", random.Uniform(-bound, bound, 4 * size));
        stateBias = Parameter("bias_hh_l0", random.Uniform(-bound, bound, 4 * size));
    }

    /// <summary>All states (N, L, size) of sequences (N, L, inputs).</summary>
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape.Rank != 3)
            throw new ShapeException("lstm", $"shape {input.Shape} is not (count, length, inputs)");
        var (count, length) = (input.Shape[0], input.Shape[1]);
        // What the inputs give to the gates is one product for all steps.
        var given = input.Linear(inputWeight, inputBias);
        var state = new Tensor(NdArray.Zeros<float>(count, size));
        var cell = state;
        var states = new Tensor[length];
        for (var t = 0; t < length; t++)
        {
            var gates = given[.., t] + state.Linear(stateWeight, stateBias);
            var (i, f) = (gates[.., ..size].Sigmoid(), gates[.., size..(2 * size)].Sigmoid());
            var (g, o) = (gates[.., (2 * size)..(3 * size)].Tanh(), gates[.., (3 * size)..].Sigmoid());
            cell = (f * cell) + (i * g);
            state = o * cell.Tanh();
            states[t] = state.Reshape(count, 1, size);
        }
        return Tensor.Concatenate(1, states);
    }
}
