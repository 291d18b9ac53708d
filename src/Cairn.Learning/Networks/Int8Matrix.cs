using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>
/// Weights (out, in) as whole numbers from -127 to 127, with a scale for each row (absmax quantisation): a quarter of the memory, and of
/// what one token's step has to read. What they are multiplied with stays float32.
/// </summary>
internal sealed class Int8Matrix
{
    // Up to so many rows the numbers are widened as they are read; beyond, a block is widened once for all rows.
    private const int DirectRows = 4;
    private const int Block = 64;
    private readonly sbyte[] values;
    private readonly float[] scales;

    /// <exception cref="ArgumentException">A weight is NaN or infinite.</exception>
    internal Int8Matrix(ReadOnlySpan<float> weights, int outputs, int inputs)
    {
        (Outputs, Inputs, values, scales) = (outputs, inputs, new sbyte[outputs * inputs], new float[outputs]);
        for (var row = 0; row < outputs; row++)
        {
            var from = weights.Slice(row * inputs, inputs);
            if (!TensorPrimitives.IsFiniteAll(from))
                throw new ArgumentException($"Row {row} of the weights ({outputs}, {inputs}) holds NaN or infinity; int8 has neither.",
                    nameof(weights));
            var most = inputs == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(from));
            if (most == 0)
                continue;
            scales[row] = most / 127;
            for (var i = 0; i < inputs; i++)
                values[(row * inputs) + i] = (sbyte)Math.Clamp(MathF.Round(from[i] / scales[row]), -127, 127);
        }
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    internal long Bytes => values.LongLength + (scales.LongLength * sizeof(float));

    /// <summary>One row as float32.</summary>
    internal void Row(int row, Span<float> to)
    {
        TensorPrimitives.ConvertTruncating(values.AsSpan(row * Inputs, Inputs), to);
        TensorPrimitives.Multiply(to, scales[row], to);
    }

    /// <summary>x W' + b; the gradient reaches x.</summary>
    internal Tensor Linear(Tensor input, Tensor? bias)
    {
        if (input.Shape.Rank == 0 || input.Shape[-1] != Inputs)
            throw ShapeException.Between("linear", input.Shape, Shape.Of(Outputs, Inputs),
                "the last axis of the input and of the weights are one length");
        var rows = Inputs == 0 ? 0 : input.Count / Inputs;
        var data = GC.AllocateUninitializedArray<float>(rows * Outputs);
        LearningThreads.For((Outputs + Block - 1) / Block, block =>
        {
            var first = block * Block;
            var count = Math.Min(Block, Outputs - first);
            if (rows <= DirectRows)
                Direct(input.Span, rows, first, count, data);
            else
                Widened(input.Data, rows, first, count, data);
            for (var row = 0; row < rows && bias is not null; row++)
            {
                var to = data.AsSpan((row * Outputs) + first, count);
                TensorPrimitives.Add(to, bias.Span.Slice(first, count), to);
            }
        });
        return Tensor.Result(data, input.Shape.With(input.Shape.Rank - 1, Outputs), bias is null ? [input] : [input, bias], result =>
        {
            if (input.RequiresGradient)
                Back(result.GradientData!, rows, input.TakeGradient());
            if (bias is { RequiresGradient: true })
                bias.AddGradient(new NdArray<float>(result.GradientData!, Shape.Of(rows, Outputs)).Sum(0).Storage);
        });
    }

    private void Direct(ReadOnlySpan<float> x, int rows, int first, int count, float[] y)
    {
        for (var output = first; output < first + count; output++)
        {
            for (var row = 0; row < rows; row++)
                y[(row * Outputs) + output] = scales[output] * Dot(x.Slice(row * Inputs, Inputs), values.AsSpan(output * Inputs, Inputs));
        }
    }

    private unsafe void Widened(float[] x, int rows, int first, int count, float[] y)
    {
        using var scratch = new AlignedScratch<float>(count * Inputs);
        for (var i = 0; i < count; i++)
            Row(first + i, new Span<float>(scratch.Start + ((long)i * Inputs), Inputs));
        fixed (float* from = x, to = y)
            Product.Multiply(rows, count, Inputs, new Operand<float>(from, Inputs, 1), new Operand<float>(scratch.Start, 1, Inputs),
                to + first, Outputs, false, alone: true);
    }

    /// <summary>The gradient of the input: g W, added.</summary>
    private unsafe void Back(float[] g, int rows, float[] to)
    {
        using var scratch = new AlignedScratch<float>(Block * Inputs);
        for (var first = 0; first < Outputs; first += Block)
        {
            var count = Math.Min(Block, Outputs - first);
            for (var i = 0; i < count; i++)
                Row(first + i, new Span<float>(scratch.Start + ((long)i * Inputs), Inputs));
            fixed (float* gradient = g, change = to)
                Product.Multiply(rows, Inputs, count, new Operand<float>(gradient + first, Outputs, 1),
                    new Operand<float>(scratch.Start, Inputs, 1), change, Inputs, true);
        }
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<sbyte> q)
    {
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= x.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(q[i..]), out var low, out var high);
            Vector.Widen(low, out var q0, out var q1);
            Vector.Widen(high, out var q2, out var q3);
            a = Vector.FusedMultiplyAdd(new Vector<float>(x[i..]), Vector.ConvertToSingle(q0), a);
            b = Vector.FusedMultiplyAdd(new Vector<float>(x[(i + width)..]), Vector.ConvertToSingle(q1), b);
            c = Vector.FusedMultiplyAdd(new Vector<float>(x[(i + (2 * width))..]), Vector.ConvertToSingle(q2), c);
            d = Vector.FusedMultiplyAdd(new Vector<float>(x[(i + (3 * width))..]), Vector.ConvertToSingle(q3), d);
        }
        var sum = Vector.Sum(a + b + (c + d));
        for (; i < x.Length; i++)
            sum += x[i] * q[i];
        return sum;
    }
}
