using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Normalisation along the last axis.</content>
public sealed partial class Tensor
{
    /// <summary>(x - mean) / sqrt(variance + epsilon) * weight + bias along the last axis (Ba, Kiros and Hinton, 2016).</summary>
    public Tensor LayerNorm(Tensor weight, Tensor? bias, float epsilon = 1e-5f) => Normalised(weight, bias, epsilon, centred: true);

    /// <summary>x / sqrt(mean of squares + epsilon) * weight along the last axis (Zhang and Sennrich, 2019).</summary>
    public Tensor RmsNorm(Tensor weight, float epsilon = 1e-5f) => Normalised(weight, null, epsilon, centred: false);

    private Tensor Normalised(Tensor weight, Tensor? bias, float epsilon, bool centred)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var width = Shape[-1];
        if (weight.Count != width || (bias is not null && bias.Count != width))
            throw ShapeException.Between("norm", Shape, weight.Shape, "there is one weight for each place of the last axis");
        var rows = Count / width;
        var unit = GC.AllocateUninitializedArray<float>(Count);
        var data = GC.AllocateUninitializedArray<float>(Count);
        var scales = new float[rows];
        Parallels.Rows(rows, width, (first, count) =>
        {
            for (var row = first; row < first + count; row++)
            {
                var x = Data.AsSpan(row * width, width);
                var u = unit.AsSpan(row * width, width);
                TensorPrimitives.Subtract(x, centred ? TensorPrimitives.Sum<float>(x) / width : 0, u);
                scales[row] = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(u) / width) + epsilon);
                TensorPrimitives.Multiply(u, scales[row], u);
                var y = data.AsSpan(row * width, width);
                TensorPrimitives.Multiply(u, weight.Span, y);
                if (bias is not null)
                    TensorPrimitives.Add(y, bias.Span, y);
            }
        });
        Tensor[] from = bias is null ? [this, weight] : [this, weight, bias];
        return Result(data, Shape, from, result =>
        {
            var g = result.GradientData!;
            if (bias is { RequiresGradient: true })
                bias.AddGradient(new NdArray<float>(g, Shape.Of(rows, width)).Sum(0).Storage);
            if (weight.RequiresGradient)
            {
                var sum = weight.TakeGradient().AsSpan(0, width);
                for (var row = 0; row < rows; row++)
                    TensorPrimitives.MultiplyAdd(g.AsSpan(row * width, width), unit.AsSpan(row * width, width), sum, sum);
            }
            if (!RequiresGradient)
                return;
            var change = Room(data.Length);
            Parallels.Rows(rows, width, (first, count) =>
            {
                for (var row = first; row < first + count; row++)
                {
                    var u = unit.AsSpan(row * width, width);
                    var d = change.AsSpan(row * width, width);
                    // With h = g * weight: scale (h - mean(h) - u mean(h u)); without centring mean(h) is left out.
                    TensorPrimitives.Multiply(g.AsSpan(row * width, width), weight.Span, d);
                    var along = TensorPrimitives.Dot<float>(d, u) / width;
                    var mean = centred ? TensorPrimitives.Sum<float>(d) / width : 0;
                    TensorPrimitives.Subtract(d, mean, d);
                    TensorPrimitives.MultiplyAdd(u, -along, d, d);
                    TensorPrimitives.Multiply(d, scales[row], d);
                }
            });
            AddGradient(change);
        });
    }
}
