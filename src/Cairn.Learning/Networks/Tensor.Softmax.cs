using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Probabilities and the losses on them.</content>
public sealed partial class Tensor
{
    /// <summary>Positions with this target do not count in <see cref="CrossEntropy"/>.</summary>
    public const int Ignored = -100;

    /// <summary>exp(x) over its sum, along the last axis.</summary>
    public Tensor Softmax()
    {
        var (width, data) = (Shape[-1], GC.AllocateUninitializedArray<float>(Count));
        var rows = Count / width;
        Parallels.Rows(rows, width, (first, count) =>
        {
            for (var row = first; row < first + count; row++)
                SoftmaxRow(Data.AsSpan(row * width, width), data.AsSpan(row * width, width));
        });
        return Result(data, Shape, [this], result =>
        {
            var change = Room(data.Length);
            Parallels.Rows(rows, width, (first, count) =>
            {
                for (var row = first; row < first + count; row++)
                {
                    var y = data.AsSpan(row * width, width);
                    var g = result.GradientData.AsSpan(row * width, width);
                    var d = change.AsSpan(row * width, width);
                    TensorPrimitives.Subtract(g, TensorPrimitives.Dot<float>(y, g), d);
                    TensorPrimitives.Multiply(d, y, d);
                }
            });
            AddGradient(change);
        });
    }

    /// <summary>
    /// The mean of -log softmax(logits)[target] over rows: logits (…, classes), one target per row. Rows with target <see cref="Ignored"/>
    /// do not count.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class; it is named.</exception>
    public Tensor CrossEntropy(NdArray<int> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var classes = Shape[-1];
        var rows = Count / classes;
        var chosen = targets.ToArray();
        if (chosen.Length != rows)
            throw ShapeException.Between("cross entropy", Shape, targets.Shape, $"{rows} rows of logits against {chosen.Length} targets");
        foreach (var target in chosen)
        {
            if ((uint)target >= (uint)classes && target != Ignored)
                throw new ArgumentOutOfRangeException(nameof(targets), target,
                    $"There are {classes} classes, 0 to {classes - 1}; the target {target} is none.");
        }
        var counted = chosen.Count(t => t != Ignored);
        var losses = new double[rows];
        var data = GC.AllocateUninitializedArray<float>(Count);
        Parallels.Rows(rows, classes, (first, count) =>
        {
            for (var row = first; row < first + count; row++)
            {
                var x = Data.AsSpan(row * classes, classes);
                var logSum = SoftmaxRow(x, data.AsSpan(row * classes, classes));
                if (chosen[row] != Ignored)
                    losses[row] = logSum - x[chosen[row]];
            }
        });
        return Result([(float)(losses.Sum() / Math.Max(1, counted))], Shape.Of(), [this], result =>
        {
            var scale = result.GradientData![0] / Math.Max(1, counted);
            Parallels.Rows(rows, classes, (first, count) =>
            {
                for (var row = first; row < first + count; row++)
                {
                    var d = data.AsSpan(row * classes, classes);
                    if (chosen[row] == Ignored)
                    {
                        d.Clear();
                        continue;
                    }
                    d[chosen[row]] -= 1;
                    TensorPrimitives.Multiply(d, scale, d);
                }
            });
            AddGradient(data);
        });
    }

    /// <summary>Writes softmax(x) and returns the logarithm of the sum of exp(x). A row of nothing but -infinity gives zeros.</summary>
    internal static double SoftmaxRow(ReadOnlySpan<float> x, Span<float> y)
    {
        var max = TensorPrimitives.Max(x);
        if (float.IsNegativeInfinity(max))
        {
            y.Clear();
            return max;
        }
        TensorPrimitives.Subtract(x, max, y);
        TensorPrimitives.Exp(y, y);
        var sum = TensorPrimitives.Sum<float>(y);
        TensorPrimitives.Multiply(y, 1 / sum, y);
        return max + Math.Log(sum);
    }
}
