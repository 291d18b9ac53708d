using System.Numerics;
using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Operators on arrays, element by element, stretched to a shared shape (<see cref="Shape.Broadcast"/>); a number stands for an
/// array.</summary>
public static class NdArrayOperators
{
    extension<T>(NdArray<T>)
        where T : unmanaged, INumber<T>
    {
        public static NdArray<T> operator +(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Add);

        public static NdArray<T> operator -(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Subtract);

        public static NdArray<T> operator *(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Multiply);

        public static NdArray<T> operator /(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Divide);

        public static NdArray<T> operator %(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Remainder);

        public static NdArray<T> operator -(NdArray<T> x) => Elementwise.Unary<T, T>(x, TensorPrimitives.Negate);

        public static NdArray<bool> operator <(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.Less);

        public static NdArray<bool> operator >(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(y, x, Kernels<T>.Less);

        public static NdArray<bool> operator <=(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(x, y, Kernels<T>.LessOrEqual);

        public static NdArray<bool> operator >=(NdArray<T> x, NdArray<T> y) => Elementwise.Binary(y, x, Kernels<T>.LessOrEqual);
    }

    extension(NdArray<bool>)
    {
        public static NdArray<bool> operator &(NdArray<bool> x, NdArray<bool> y) => Elementwise.Binary(x, y, Truth.And);

        public static NdArray<bool> operator |(NdArray<bool> x, NdArray<bool> y) => Elementwise.Binary(x, y, Truth.Or);

        public static NdArray<bool> operator ^(NdArray<bool> x, NdArray<bool> y) => Elementwise.Binary(x, y, Truth.Xor);

        public static NdArray<bool> operator !(NdArray<bool> x) => Elementwise.Unary<bool, bool>(x, Truth.Not);
    }
}
