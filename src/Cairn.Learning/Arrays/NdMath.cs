using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Functions of arrays, element by element.</summary>
public static class NdMath
{
    public static NdArray<T> Exp<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Exp);

    /// <summary>The natural logarithm; of a negative number it is NaN.</summary>
    public static NdArray<T> Log<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Log);

    public static NdArray<T> Sqrt<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Sqrt);

    public static NdArray<T> Tanh<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Tanh);

    public static NdArray<T> Sigmoid<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Sigmoid);

    public static NdArray<T> Sin<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Sin);

    public static NdArray<T> Cos<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Cos);

    public static NdArray<T> Abs<T>(NdArray<T> x)
        where T : unmanaged, INumber<T> => Elementwise.Unary<T, T>(x, TensorPrimitives.Abs);

    public static NdArray<T> Pow<T>(NdArray<T> x, T exponent)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, T>(x, (v, r) => TensorPrimitives.Pow(v, exponent, r));

    /// <summary>The smaller of each two elements; NaN where either is.</summary>
    public static NdArray<T> Minimum<T>(NdArray<T> x, NdArray<T> y)
        where T : unmanaged, INumber<T> => Elementwise.Binary(x, y, Kernels<T>.Minimum);

    /// <summary>The larger of each two elements; NaN where either is.</summary>
    public static NdArray<T> Maximum<T>(NdArray<T> x, NdArray<T> y)
        where T : unmanaged, INumber<T> => Elementwise.Binary(x, y, Kernels<T>.Maximum);

    public static NdArray<T> Clip<T>(NdArray<T> x, T low, T high)
        where T : unmanaged, INumber<T> => Elementwise.Unary<T, T>(x, (v, r) => TensorPrimitives.Clamp(v, low, high, r));

    public static NdArray<bool> Equal<T>(NdArray<T> x, NdArray<T> y)
        where T : unmanaged, INumber<T> => Elementwise.Binary(x, y, Kernels<T>.Equal);

    public static NdArray<bool> NotEqual<T>(NdArray<T> x, NdArray<T> y)
        where T : unmanaged, INumber<T> => Elementwise.Binary(x, y, Kernels<T>.NotEqual);

    public static NdArray<bool> IsNaN<T>(NdArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Unary<T, bool>(x, TensorPrimitives.IsNaN);
}
