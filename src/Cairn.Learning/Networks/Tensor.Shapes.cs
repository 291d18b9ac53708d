using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <content>Other shapes, parts, and sums along axes.</content>
public sealed partial class Tensor
{
    /// <summary>The same numbers in another shape; one length may be -1.</summary>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        var view = Value.Reshape(shape);
        return Result(view.Storage, view.Shape, [this], result => AddGradient(result.GradientData!));
    }

    /// <summary>The axes in another order (reversed when none is named).</summary>
    public Tensor Transpose(params ReadOnlySpan<int> axes)
    {
        var order = axes.IsEmpty ? [.. Enumerable.Range(0, Shape.Rank).Reverse()] : axes.ToArray();
        var turned = Value.Transpose(order).Copy();
        return Result(turned.Storage, turned.Shape, [this], result =>
        {
            var back = new int[order.Length];
            for (var i = 0; i < order.Length; i++)
                back[Shape.Axis(order[i], "transpose")] = i;
            AddGradient(new NdArray<float>(result.GradientData!, result.Shape).Transpose(back).Copy().Storage);
        });
    }

    /// <summary>A part, one slice per axis, as a copy.</summary>
    public Tensor this[params ReadOnlySpan<Slice> parts]
    {
        get
        {
            var kept = parts.ToArray();
            var part = Value[kept].Copy();
            return Result(part.Storage, part.Shape, [this], result =>
            {
                var all = new NdArray<float>(TakeGradient(), Shape);
                var gradient = new NdArray<float>(result.GradientData!, result.Shape);
                all[kept] = all[kept] + gradient;
            });
        }
    }

    /// <summary>Puts tensors one after the other along an axis.</summary>
    public static Tensor Concatenate(int axis, params Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var joined = NdArray.Concatenate<float>(axis, [.. tensors.Select(t => t.Value)]);
        return Result(joined.Storage, joined.Shape, tensors, result =>
        {
            var gradient = new NdArray<float>(result.GradientData!, result.Shape);
            var at = result.Shape.Axis(axis, "concatenate");
            var parts = Enumerable.Repeat(Slice.All, result.Shape.Rank).ToArray();
            var start = 0;
            foreach (var tensor in tensors)
            {
                parts[at] = start..(start + tensor.Shape[at]);
                start += tensor.Shape[at];
                if (tensor.RequiresGradient)
                    tensor.AddGradient(gradient[parts].Copy().Storage);
            }
        });
    }

    /// <summary>The sum of all numbers.</summary>
    public Tensor Sum() => Result([Value.Sum()], Shape.Of(), [this], result =>
    {
        var all = GC.AllocateUninitializedArray<float>(Count);
        all.AsSpan().Fill(result.GradientData![0]);
        AddGradient(all);
    });

    public Tensor Mean() => Sum() * (1f / Count);

    public Tensor Sum(int axis, bool keepAxis = false)
    {
        var sum = Value.Sum(axis, keepAxis);
        return Result(sum.Storage, sum.Shape, [this], result =>
        {
            var kept = new NdArray<float>(result.GradientData!, Shape.With(Shape.Axis(axis, "sum"), 1));
            AddGradient(kept.BroadcastTo(Shape.Lengths).Copy().Storage);
        });
    }

    public Tensor Mean(int axis, bool keepAxis = false) => Sum(axis, keepAxis) * (1f / Shape[axis]);

    /// <summary>The rows of a table at the given positions: (rows, width) and positions of any shape give (shape, width).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position is not a row.</exception>
    public Tensor Rows(NdArray<int> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (Shape.Rank != 2)
            throw new ShapeException("embedding", $"shape {Shape} is not a table of rows");
        var chosen = positions.ToArray();
        foreach (var row in chosen)
        {
            if ((uint)row >= (uint)Shape[0])
                throw new ArgumentOutOfRangeException(nameof(positions), row, $"The table of shape {Shape} has no row {row}.");
        }
        var taken = Value.Take(positions);
        return Result(taken.Storage, taken.Shape, [this], result =>
        {
            var gradient = TakeGradient();
            var width = Shape[1];
            for (var i = 0; i < chosen.Length; i++)
            {
                var to = gradient.AsSpan(chosen[i] * width, width);
                TensorPrimitives.Add(to, result.GradientData.AsSpan(i * width, width), to);
            }
        });
    }
}
