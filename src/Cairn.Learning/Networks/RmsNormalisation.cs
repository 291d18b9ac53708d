namespace Cairn.Learning;

/// <summary>Root-mean-square normalisation along the last axis; see <see cref="Tensor.RmsNorm"/>.</summary>
public sealed class RmsNormalisation : NetworkLayer
{
    private readonly float epsilon;
    private readonly Tensor weight;

    public RmsNormalisation(int width, float epsilon = 1e-5f)
    {
        this.epsilon = epsilon;
        weight = Parameter("weight", NdArray.Ones<float>(width));
    }

    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.RmsNorm(weight, epsilon);
    }
}
