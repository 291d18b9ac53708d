namespace Cairn.Learning;

/// <summary>Losses that are made of other operations; for classes see <see cref="Tensor.CrossEntropy"/>.</summary>
public static class Losses
{
    /// <summary>The mean squared difference.</summary>
    public static Tensor MeanSquared(Tensor predicted, Tensor target)
    {
        Same(predicted, target, "mean squared loss");
        var difference = predicted - target;
        return (difference * difference).Mean();
    }

    /// <summary>The mean of |d|, rounded off near 0 (Huber, 1964): d^2/2 up to <paramref name="delta"/>, delta (|d| - delta/2)
    /// beyond.</summary>
    public static Tensor Huber(Tensor predicted, Tensor target, float delta = 1)
    {
        Same(predicted, target, "huber loss");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        var d = predicted - target;
        // min(|d|, delta) = q: q^2/2 + delta (|d| - q)
        var size = d.Relu() + (-d).Relu();
        var beyond = (size - delta).Relu();
        var within = size - beyond;
        return ((within * within * 0.5f) + (beyond * delta)).Mean();
    }

    /// <summary>The mean of -(t log p + (1 - t) log(1 - p)) with p = sigmoid(logits), computed without overflow; targets from 0 to
    /// 1.</summary>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor target)
    {
        Same(logits, target, "binary cross entropy");
        // max(x, 0) - x t + log(1 + exp(-|x|))
        var size = logits.Relu() + (-logits).Relu();
        return (logits.Relu() - (logits * target) + ((-size).Exp() + 1f).Log()).Mean();
    }

    private static void Same(Tensor x, Tensor y, string operation)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Shape != y.Shape)
            throw ShapeException.Between(operation, x.Shape, y.Shape, "predictions and targets have one shape");
    }
}
