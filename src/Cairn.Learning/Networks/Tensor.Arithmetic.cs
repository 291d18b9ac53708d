namespace Cairn.Learning;

/// <content>Sums, differences, products and quotients, stretched to a shared shape.</content>
public sealed partial class Tensor
{
    public static Tensor operator +(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Joined(x, y, x.Value + y.Value, g => g, g => g);
    }

    public static Tensor operator -(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Joined(x, y, x.Value - y.Value, g => g, g => -g);
    }

    public static Tensor operator *(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Joined(x, y, x.Value * y.Value, g => g * y.Value, g => g * x.Value);
    }

    public static Tensor operator /(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Joined(x, y, x.Value / y.Value, g => g / y.Value, g => -(g * x.Value / (y.Value * y.Value)));
    }

    public static Tensor operator -(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * -1f;
    }

    private static Tensor Joined(
        Tensor x, Tensor y, NdArray<float> value, Func<NdArray<float>, NdArray<float>> toX, Func<NdArray<float>, NdArray<float>> toY)
        => Result(value.Storage, value.Shape, [x, y], result =>
        {
            var gradient = new NdArray<float>(result.GradientData!, result.Shape);
            if (x.RequiresGradient)
                Shrink(toX(gradient), y.RequiresGradient ? gradient : null, x);
            if (y.RequiresGradient)
                Shrink(toY(gradient), null, y);
        });

    /// <summary>Where an axis was stretched the gradients of its copies are summed.</summary>
    private static void Shrink(NdArray<float> gradient, NdArray<float>? shared, Tensor to)
    {
        if (gradient.Shape == to.Shape)
        {
            // The result's own gradient may reach both inputs: only the second takes it over.
            if (!ReferenceEquals(gradient, shared))
            {
                to.AddGradient(gradient.Storage);
                return;
            }
            var copy = Room(to.Count);
            gradient.Span.CopyTo(copy);
            to.AddGradient(copy);
            return;
        }
        var own = 0;
        while (own < to.Shape.Rank && to.Shape[own] == 1)
            own++;
        var trailing = to.Shape.Lengths[own..];
        if (gradient.Shape.Lengths[^trailing.Length..].SequenceEqual(trailing))
        {
            // A bias: all axes before the last are one.
            to.AddGradient(gradient.Reshape(-1, to.Count).Sum(0).Storage);
            return;
        }
        while (gradient.Rank > to.Shape.Rank)
            gradient = gradient.Sum(0);
        for (var axis = 0; axis < gradient.Rank; axis++)
        {
            if (to.Shape[axis] == 1 && gradient.Shape[axis] != 1)
                gradient = gradient.Sum(axis, keepAxis: true);
        }
        to.AddGradient(gradient.Storage);
    }
}
