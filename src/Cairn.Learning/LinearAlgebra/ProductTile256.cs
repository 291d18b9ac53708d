using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cairn.Learning;

/// <summary>The innermost tile of a matrix product on 256-bit vectors: 6 rows by two vectors of columns, all sums held in
/// registers.</summary>
internal static unsafe class ProductTile256
{
    internal const int Rows = 6;

    /// <summary>
    /// Adds a panel of A (6 rows, stored depth by depth) times a panel of B (two vectors, stored depth by depth, aligned) to C, or writes
    /// it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<T>(int depth, T* a, T* b, T* c, int stride, bool add)
        where T : unmanaged
    {
        var width = Vector256<T>.Count;
        var c0 = Vector256<T>.Zero;
        var d0 = Vector256<T>.Zero;
        var c1 = Vector256<T>.Zero;
        var d1 = Vector256<T>.Zero;
        var c2 = Vector256<T>.Zero;
        var d2 = Vector256<T>.Zero;
        var c3 = Vector256<T>.Zero;
        var d3 = Vector256<T>.Zero;
        var c4 = Vector256<T>.Zero;
        var d4 = Vector256<T>.Zero;
        var c5 = Vector256<T>.Zero;
        var d5 = Vector256<T>.Zero;
        for (var k = 0; k < depth; k++)
        {
            var left = Vector256.Load(b);
            var right = Vector256.Load(b + width);
            var a0 = Vector256.Create(a[0]);
            c0 = Fused(a0, left, c0);
            d0 = Fused(a0, right, d0);
            var a1 = Vector256.Create(a[1]);
            c1 = Fused(a1, left, c1);
            d1 = Fused(a1, right, d1);
            var a2 = Vector256.Create(a[2]);
            c2 = Fused(a2, left, c2);
            d2 = Fused(a2, right, d2);
            var a3 = Vector256.Create(a[3]);
            c3 = Fused(a3, left, c3);
            d3 = Fused(a3, right, d3);
            var a4 = Vector256.Create(a[4]);
            c4 = Fused(a4, left, c4);
            d4 = Fused(a4, right, d4);
            var a5 = Vector256.Create(a[5]);
            c5 = Fused(a5, left, c5);
            d5 = Fused(a5, right, d5);
            a += Rows;
            b += 2 * width;
        }
        Store(c + (0 * stride), width, c0, d0, add);
        Store(c + (1 * stride), width, c1, d1, add);
        Store(c + (2 * stride), width, c2, d2, add);
        Store(c + (3 * stride), width, c3, d3, add);
        Store(c + (4 * stride), width, c4, d4, add);
        Store(c + (5 * stride), width, c5, d5, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T* c, int width, Vector256<T> left, Vector256<T> right, bool add)
        where T : unmanaged
    {
        if (add)
        {
            left += Vector256.Load(c);
            right += Vector256.Load(c + width);
        }
        left.Store(c);
        right.Store(c + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fused<T>(Vector256<T> x, Vector256<T> y, Vector256<T> sum)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>();
        return typeof(T) == typeof(double)
            ? Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>()
            : (x * y) + sum;
    }
}
