using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>The element operations of a number type, once per type.</summary>
internal static class Kernels<T>
    where T : unmanaged, INumber<T>
{
    internal static readonly BinaryKernel<T, T> Add =
        new("add", TensorPrimitives.Add, TensorPrimitives.Add, (x, y, r) => TensorPrimitives.Add(y, x, r));
    internal static readonly BinaryKernel<T, T> Subtract =
        new("subtract", TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract);
    internal static readonly BinaryKernel<T, T> Multiply =
        new("multiply", TensorPrimitives.Multiply, TensorPrimitives.Multiply, (x, y, r) => TensorPrimitives.Multiply(y, x, r));
    internal static readonly BinaryKernel<T, T> Divide =
        new("divide", TensorPrimitives.Divide, TensorPrimitives.Divide, TensorPrimitives.Divide);
    internal static readonly BinaryKernel<T, T> Remainder =
        new("remainder", TensorPrimitives.Remainder, TensorPrimitives.Remainder, TensorPrimitives.Remainder);
    internal static readonly BinaryKernel<T, T> Minimum =
        new("minimum", TensorPrimitives.Min, TensorPrimitives.Min, (x, y, r) => TensorPrimitives.Min(y, x, r));
    internal static readonly BinaryKernel<T, T> Maximum =
        new("maximum", TensorPrimitives.Max, TensorPrimitives.Max, (x, y, r) => TensorPrimitives.Max(y, x, r));
    internal static readonly BinaryKernel<T, bool> Less = Comparison("less", static (x, y) => x < y);
    internal static readonly BinaryKernel<T, bool> LessOrEqual = Comparison("less or equal", static (x, y) => x <= y);
    internal static readonly BinaryKernel<T, bool> Equal = Comparison("equal", static (x, y) => x == y);
    internal static readonly BinaryKernel<T, bool> NotEqual = Comparison("not equal", static (x, y) => x != y);

    private static BinaryKernel<T, bool> Comparison(string name, Func<T, T, bool> holds) => new(
        name,
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = holds(x[i], y[i]);
        },
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = holds(x[i], y);
        },
        (x, y, r) =>
        {
            for (var i = 0; i < r.Length; i++)
                r[i] = holds(x, y[i]);
        });
}
