using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Activation functions that are not single kernels, and their slopes.</summary>
internal static class Activations
{
    // sqrt(2 / pi) and the cubic term of the approximation in Hendrycks and Gimpel.
    private const float Root = 0.7978845608f;
    private const float Cubic = 0.044715f;
    private const int Chunk = 1024;

    internal static void ReluSlope(ReadOnlySpan<float> y, ReadOnlySpan<float> g, Span<float> d)
    {
        var i = 0;
        for (; i <= d.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var open = Vector.GreaterThan(new Vector<float>(y[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(open, new Vector<float>(g[i..]), Vector<float>.Zero).CopyTo(d[i..]);
        }
        for (; i < d.Length; i++)
            d[i] = y[i] > 0 ? g[i] : 0;
    }

    internal static void GeluTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        Inner(x, y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Add(y, 1f, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, 0.5f, y);
    }

    internal static void GeluTanhSlope(ReadOnlySpan<float> x, ReadOnlySpan<float> g, Span<float> d)
    {
        Inner(x, d);
        TensorPrimitives.Tanh(d, d);
        for (var i = 0; i < d.Length; i++)
        {
            var t = d[i];
            var inner = Root * (1 + (3 * Cubic * x[i] * x[i]));
            d[i] = g[i] * 0.5f * (1 + t + (x[i] * (1 - (t * t)) * inner));
        }
    }

    internal static void Gelu(ReadOnlySpan<float> x, Span<float> y)
    {
        Normal(x, y);
        TensorPrimitives.Multiply(x, y, y);
    }

    internal static void GeluSlope(ReadOnlySpan<float> x, ReadOnlySpan<float> g, Span<float> d)
    {
        // Phi(x) + x phi(x)
        Normal(x, d);
        Span<float> density = stackalloc float[Chunk];
        for (var start = 0; start < x.Length; start += Chunk)
        {
            var part = x.Slice(start, Math.Min(Chunk, x.Length - start));
            var to = d.Slice(start, part.Length);
            var phi = density[..part.Length];
            TensorPrimitives.Multiply(part, part, phi);
            TensorPrimitives.Multiply(phi, -0.5f, phi);
            TensorPrimitives.Exp(phi, phi);
            TensorPrimitives.Multiply(phi, 0.3989422804f, phi);
            TensorPrimitives.MultiplyAdd(phi, part, to, to);
            TensorPrimitives.Multiply(to, g.Slice(start, part.Length), to);
        }
    }

    private static void Inner(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Multiply(x, x, y);
        TensorPrimitives.Multiply(y, Cubic, y);
        TensorPrimitives.Add(y, 1f, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, Root, y);
    }

    /// <summary>The normal distribution function, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).</summary>
    private static void Normal(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Multiply(x, x, y);
        TensorPrimitives.Multiply(y, -0.5f, y);
        TensorPrimitives.Exp(y, y);
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(x[i..]);
            var t = Vector<float>.One / (Vector<float>.One + (Vector.Abs(v) * new Vector<float>(0.3275911f * 0.70710678f)));
            var tail = 0.5f * Polynomial(t) * new Vector<float>(y[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(v, Vector<float>.Zero), Vector<float>.One - tail, tail).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
        {
            var t = 1 / (1 + (MathF.Abs(x[i]) * 0.3275911f * 0.70710678f));
            var tail = 0.5f * Polynomial(new Vector<float>(t))[0] * y[i];
            y[i] = x[i] > 0 ? 1 - tail : tail;
        }
    }

    private static Vector<float> Polynomial(Vector<float> t)
    {
        var sum = new Vector<float>(1.061405429f);
        sum = (sum * t) + new Vector<float>(-1.453152027f);
        sum = (sum * t) + new Vector<float>(1.421413741f);
        sum = (sum * t) + new Vector<float>(-0.284496736f);
        sum = (sum * t) + new Vector<float>(0.254829592f);
        return sum * t;
    }
}
