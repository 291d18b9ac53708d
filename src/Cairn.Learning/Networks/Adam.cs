using System.Numerics;

namespace Cairn.Learning;

/// <summary>
/// Adam (Kingma and Ba, 2015) and, with decoupled decay, AdamW (Loshchilov and Hutter, 2019), as PyTorch computes them.
/// </summary>
public sealed class Adam : Optimiser
{
    private readonly float beta1;
    private readonly float beta2;
    private readonly float epsilon;
    private readonly bool decoupled;
    private readonly Dictionary<Tensor, (float[] Mean, float[] Square, int Steps)> moments = new(ReferenceEqualityComparer.Instance);

    /// <param name="decoupledDecay">The decay shrinks the parameter itself (AdamW), not through the gradient.</param>
    public Adam(IEnumerable<Tensor> parameters, float learningRate = 1e-3f, float weightDecay = 0, bool decoupledDecay = false)
        : this(decoupledDecay, 0.9f, 0.999f, 1e-8f, new ParameterGroup(parameters, learningRate, weightDecay))
    {
    }

    public Adam(bool decoupledDecay, float beta1, float beta2, float epsilon, params ParameterGroup[] groups)
        : base(groups)
    {
        (decoupled, this.beta1, this.beta2, this.epsilon) = (decoupledDecay, beta1, beta2, epsilon);
    }

    /// <summary>AdamW.</summary>
    public static Adam W(IEnumerable<Tensor> parameters, float learningRate = 1e-3f, float weightDecay = 0.01f)
        => new(parameters, learningRate, weightDecay, decoupledDecay: true);

    /// <summary>The running mean and mean square of a parameter's gradient, copied, for a checkpoint.</summary>
    internal float[][] MomentsOf(Tensor parameter)
        => moments.TryGetValue(parameter, out var known)
            ? [[.. known.Mean], [.. known.Square]]
            : [new float[parameter.Count], new float[parameter.Count]];

    /// <summary>Puts moments back as they were after so many steps.</summary>
    internal void SetMoments(Tensor parameter, float[] mean, float[] square, int steps)
        => moments[parameter] = ([.. mean], [.. square], steps);

    private protected override void Move(ParameterGroup group, Tensor parameter, float[] gradient)
    {
        var (mean, square, steps) = moments.TryGetValue(parameter, out var known) ? known
            : (new float[parameter.Count], new float[parameter.Count], 0);
        moments[parameter] = (mean, square, ++steps);
        var shrink = decoupled ? 1 - (group.LearningRate * group.WeightDecay) : 1;
        var coupled = decoupled ? 0 : group.WeightDecay;
        var rate = group.LearningRate / (1 - MathF.Pow(beta1, steps));
        var unbias = 1 / MathF.Sqrt(1 - MathF.Pow(beta2, steps));
        Parallels.For(parameter.Count, (start, length) => Move(
            parameter.Data.AsSpan(start, length), gradient.AsSpan(start, length), mean.AsSpan(start, length), square.AsSpan(start, length),
                shrink, coupled, rate, unbias));
    }

    private void Move(Span<float> x, Span<float> g, Span<float> mean, Span<float> square, float shrink, float coupled, float rate,
        float unbias)
    {
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var p = new Vector<float>(x[i..]);
            var d = new Vector<float>(g[i..]) + (coupled * p);
            var m = (beta1 * new Vector<float>(mean[i..])) + ((1 - beta1) * d);
            var v = (beta2 * new Vector<float>(square[i..])) + ((1 - beta2) * d * d);
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            ((shrink * p) - (rate * m / ((Vector.SquareRoot(v) * unbias) + new Vector<float>(epsilon)))).CopyTo(x[i..]);
        }
        for (; i < x.Length; i++)
        {
            var d = g[i] + (coupled * x[i]);
            mean[i] = (beta1 * mean[i]) + ((1 - beta1) * d);
            square[i] = (beta2 * square[i]) + ((1 - beta2) * d * d);
            x[i] = (shrink * x[i]) - (rate * mean[i] / ((MathF.Sqrt(square[i]) * unbias) + epsilon));
        }
    }
}
