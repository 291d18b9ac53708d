namespace Cairn.Learning;

/// <content>Matrix products.</content>
public sealed partial class Tensor
{
    /// <summary>The matrix product; with more than two axes pair by pair (see <see cref="MatrixProduct"/>).</summary>
    public Tensor MatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Shape.Rank < 2 || other.Shape.Rank < 2)
            throw ShapeException.Between("matmul", Shape, other.Shape, "a tensor's product takes matrices");
        var product = Value.MatMul(other.Value);
        return Result(product.Storage, product.Shape, [this, other], result =>
        {
            var gradient = new NdArray<float>(result.GradientData!, result.Shape);
            if (RequiresGradient)
                Shrink(gradient.MatMul(other.Value.SwapAxes(-1, -2)), null, this);
            if (other.RequiresGradient)
                Shrink(Value.SwapAxes(-1, -2).MatMul(gradient), null, other);
        });
    }

    /// <summary>
    /// x W' + b on the last axis: (…, in) with weights (out, in) and bias (out) gives (…, out). Both come as PyTorch lays them out.
    /// </summary>
    public unsafe Tensor Linear(Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (Shape.Rank == 0 || weight.Shape.Rank != 2 || Shape[-1] != weight.Shape[1])
            throw ShapeException.Between("linear", Shape, weight.Shape, "the last axis of the input and of the weights are one length");
        if (bias is not null && bias.Count != weight.Shape[0])
            throw ShapeException.Between("linear", weight.Shape, bias.Shape, "the bias has one number per row of the weights");
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        var rows = inputs == 0 ? 0 : Count / inputs;
        var data = GC.AllocateUninitializedArray<float>(rows * outputs);
        if (bias is not null)
            Parallels.Rows(rows, outputs, (first, count) => Fill(bias.Span, data.AsSpan(first * outputs, count * outputs)));
        fixed (float* x = Data, w = weight.Data, y = data)
            Product.Multiply(rows, outputs, inputs, new Operand<float>(x, inputs, 1), new Operand<float>(w, 1, inputs), y, outputs,
                bias is not null);
        Tensor[] from = bias is null ? [this, weight] : [this, weight, bias];
        return Result(data, Shape.With(Shape.Rank - 1, outputs), from, result =>
        {
            fixed (float* x = Data, w = weight.Data, g = result.GradientData)
            {
                if (RequiresGradient)
                {
                    fixed (float* d = TakeGradient(out var fresh))
                        Product.Multiply(rows, inputs, outputs, new Operand<float>(g, outputs, 1), new Operand<float>(w, inputs, 1), d,
                            inputs, !fresh);
                }
                if (weight.RequiresGradient)
                {
                    fixed (float* d = weight.TakeGradient(out var fresh))
                        Product.Multiply(outputs, inputs, rows, new Operand<float>(g, 1, outputs), new Operand<float>(x, inputs, 1), d,
                            inputs, !fresh);
                }
            }
            if (bias is { RequiresGradient: true })
                bias.AddGradient(new NdArray<float>(result.GradientData!, Shape.Of(rows, outputs)).Sum(0).Storage);
        });
    }

    private static void Fill(ReadOnlySpan<float> row, Span<float> to)
    {
        for (var start = 0; start < to.Length; start += row.Length)
            row.CopyTo(to[start..]);
    }
}
