using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Functions element by element.</content>
public sealed partial class Tensor
{
    private delegate void Forward1(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Writes to <c>d</c> the gradient of the input: that of the result times the slope, known from input and result.</summary>
    private delegate void Slope(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> g, Span<float> d);

    public Tensor Exp() => Map(TensorPrimitives.Exp, (x, y, g, d) => TensorPrimitives.Multiply(y, g, d));

    /// <summary>The natural logarithm.</summary>
    public Tensor Log() => Map(TensorPrimitives.Log, (x, y, g, d) => TensorPrimitives.Divide(g, x, d));

    public Tensor Sqrt() => Map(TensorPrimitives.Sqrt, (x, y, g, d) =>
    {
        TensorPrimitives.Divide(g, y, d);
        TensorPrimitives.Multiply(d, 0.5f, d);
    });

    public Tensor Pow(float exponent) => Map(
        (x, y) => TensorPrimitives.Pow(x, exponent, y),
        (x, y, g, d) =>
        {
            TensorPrimitives.Pow(x, exponent - 1, d);
            TensorPrimitives.Multiply(d, g, d);
            TensorPrimitives.Multiply(d, exponent, d);
        });

    public Tensor Tanh() => Map(TensorPrimitives.Tanh, (x, y, g, d) =>
    {
        // 1 - y^2
        TensorPrimitives.Multiply(y, y, d);
        TensorPrimitives.Subtract(1f, d, d);
        TensorPrimitives.Multiply(d, g, d);
    });

    public Tensor Sigmoid() => Map(TensorPrimitives.Sigmoid, (x, y, g, d) =>
    {
        TensorPrimitives.Subtract(1f, y, d);
        TensorPrimitives.Multiply(d, y, d);
        TensorPrimitives.Multiply(d, g, d);
    });

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => Map((x, y) => TensorPrimitives.Max(x, 0f, y), (x, y, g, d) => Activations.ReluSlope(y, g, d));

    /// <summary>x times the normal distribution function of x (Hendrycks and Gimpel, 2016).</summary>
    public Tensor Gelu() => Map(Activations.Gelu, (x, y, g, d) => Activations.GeluSlope(x, g, d));

    /// <summary>GELU by the tanh approximation, as GPT-2 has it.</summary>
    public Tensor GeluTanh() => Map(Activations.GeluTanh, (x, y, g, d) => Activations.GeluTanhSlope(x, g, d));

    /// <summary>x times sigmoid(x), also called swish.</summary>
    public Tensor Silu() => Map(
        (x, y) =>
        {
            TensorPrimitives.Sigmoid(x, y);
            TensorPrimitives.Multiply(x, y, y);
        },
        (x, y, g, d) =>
        {
            // s + y (1 - s)
            TensorPrimitives.Sigmoid(x, d);
            for (var i = 0; i < d.Length; i++)
                d[i] = (d[i] + (y[i] * (1 - d[i]))) * g[i];
        });

    private Tensor Map(Forward1 forward, Slope slope)
    {
        var (data, count) = (GC.AllocateUninitializedArray<float>(Count), Count);
        Parallels.For(count, (start, length) => forward(Data.AsSpan(start, length), data.AsSpan(start, length)));
        return Result(data, Shape, [this], result =>
        {
            var change = Room(count);
            var gradient = result.GradientData!;
            Parallels.For(count, (start, length) => slope(
                Data.AsSpan(start, length), data.AsSpan(start, length), gradient.AsSpan(start, length), change.AsSpan(start, length)));
            AddGradient(change);
        });
    }
}
