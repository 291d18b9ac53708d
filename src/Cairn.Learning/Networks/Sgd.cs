using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Stochastic gradient descent with momentum (also Nesterov's) and weight decay, as PyTorch's SGD.</summary>
public sealed class Sgd : Optimiser
{
    private readonly float momentum;
    private readonly bool nesterov;
    private readonly Dictionary<Tensor, float[]> velocities = new(ReferenceEqualityComparer.Instance);

    public Sgd(IEnumerable<Tensor> parameters, float learningRate, float momentum = 0, float weightDecay = 0, bool nesterov = false)
        : this(momentum, nesterov, new ParameterGroup(parameters, learningRate, weightDecay))
    {
    }

    public Sgd(float momentum, bool nesterov, params ParameterGroup[] groups)
        : base(groups)
    {
        (this.momentum, this.nesterov) = (momentum, nesterov);
    }

    private protected override void Move(ParameterGroup group, Tensor parameter, float[] gradient)
    {
        var step = gradient;
        if (group.WeightDecay != 0)
        {
            step = [.. gradient];
            TensorPrimitives.MultiplyAdd(parameter.Data, group.WeightDecay, step, step);
        }
        if (momentum != 0)
        {
            if (velocities.TryGetValue(parameter, out var velocity))
                TensorPrimitives.MultiplyAdd(velocity, momentum, step, velocity);
            else
                velocities[parameter] = velocity = [.. step];
            if (nesterov)
            {
                var ahead = new float[step.Length];
                TensorPrimitives.MultiplyAdd(velocity, momentum, step, ahead);
                step = ahead;
            }
            else
            {
                step = velocity;
            }
        }
        TensorPrimitives.MultiplyAdd(step, -group.LearningRate, parameter.Data, parameter.Data);
    }
}
