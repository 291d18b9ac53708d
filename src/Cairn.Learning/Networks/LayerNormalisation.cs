namespace Cairn.Learning;

/// <summary>Normalisation along the last axis; see <see cref="Tensor.LayerNorm"/>.</summary>
public sealed class LayerNormalisation : NetworkLayer
{
    private readonly float epsilon;
    private readonly Tensor weight;
    private readonly Tensor? bias;

    public LayerNormalisation(int width, float epsilon = 1e-5f, bool bias = true)
    {
        this.epsilon = epsilon;
        weight = Parameter("weight", NdArray.Ones<float>(width));
        this.bias = bias ? Parameter("bias", NdArray.Zeros<float>(width)) : null;
    }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.LayerNorm(weight, bias, epsilon);
    }
}
