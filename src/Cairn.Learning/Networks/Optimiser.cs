using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Moves parameters along their gradients. Parameters that are frozen or have no gradient stay.</summary>
public abstract class Optimiser
{
    private readonly float[] baseRates;

    protected Optimiser(params ParameterGroup[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Groups = groups;
        baseRates = [.. groups.Select(g => g.LearningRate)];
    }

    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>How often <see cref="Step"/> was called.</summary>
    public int Steps { get; private set; }

    /// <summary>Sets every group's learning rate to its first one times a factor: what a <see cref="Schedule"/> gives for a step.</summary>
    public void Scale(double factor)
    {
        for (var i = 0; i < Groups.Count; i++)
            Groups[i].LearningRate = (float)(baseRates[i] * factor);
    }

    public void ZeroGradients()
    {
        foreach (var parameter in Groups.SelectMany(g => g.Parameters))
            parameter.ZeroGradient();
    }

    /// <summary>Scales all gradients down so that their common norm is at most <paramref name="most"/>; returns the norm before.</summary>
    public double ClipGradients(double most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var gradients = Groups.SelectMany(g => g.Parameters).Where(p => p.GradientData is not null).Select(p => p.GradientData!).ToList();
        var norm = Math.Sqrt(gradients.Sum(g => (double)TensorPrimitives.SumOfSquares<float>(g)));
        if (norm > most)
        {
            foreach (var gradient in gradients)
                TensorPrimitives.Multiply(gradient, (float)(most / norm), gradient);
        }
        return norm;
    }

    /// <summary>One step.</summary>
    /// <exception cref="DivergenceException">A gradient holds NaN or infinity; nothing has been moved.</exception>
    public void Step()
    {
        var moved = Groups.SelectMany(g => g.Parameters.Select(p => (Group: g, Parameter: p)))
            .Where(x => x.Parameter is { RequiresGradient: true, GradientData: not null }).ToList();
        foreach (var (_, parameter) in moved)
        {
            if (!TensorPrimitives.IsFiniteAll<float>(parameter.GradientData))
                throw new DivergenceException(Steps, $"the gradient of a parameter of shape {parameter.Shape} is not finite");
        }
        Steps++;
        foreach (var (group, parameter) in moved)
            Move(group, parameter, parameter.GradientData!);
    }

    /// <summary>Moves one parameter.</summary>
    private protected abstract void Move(ParameterGroup group, Tensor parameter, float[] gradient);
}
