using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cairn.Learning;

/// <summary>The innermost tile of a matrix product on 512-bit vectors: 12 rows by two vectors of columns, all sums held in
/// registers.</summary>
internal static unsafe class ProductTile512
{
    internal const int Rows = 12;

    /// <summary>
    /// Adds a panel of A (12 rows, stored depth by depth) times a panel of B (two vectors, stored depth by depth, aligned) to C, or writes
    /// it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<T>(int depth, T* a, T* b, T* c, int stride, bool add)
        where T : unmanaged
    {
        var width = Vector512<T>.Count;
        var c0 = Vector512<T>.Zero;
        var d0 = Vector512<T>.Zero;
        var c1 = Vector512<T>.Zero;
        var d1 = Vector512<T>.Zero;
        var c2 = Vector512<T>.Zero;
        var d2 = Vector512<T>.Zero;
        var c3 = Vector512<T>.Zero;
        var d3 = Vector512<T>.Zero;
        var c4 = Vector512<T>.Zero;
        var d4 = Vector512<T>.Zero;
        var c5 = Vector512<T>.Zero;
        var d5 = Vector512<T>.Zero;
        var c6 = Vector512<T>.Zero;
        var d6 = Vector512<T>.Zero;
        var c7 = Vector512<T>.Zero;
        var d7 = Vector512<T>.Zero;
        var c8 = Vector512<T>.Zero;
        var d8 = Vector512<T>.Zero;
        var c9 = Vector512<T>.Zero;
        var d9 = Vector512<T>.Zero;
        var c10 = Vector512<T>.Zero;
        var d10 = Vector512<T>.Zero;
        var c11 = Vector512<T>.Zero;
        var d11 = Vector512<T>.Zero;
        for (var k = 0; k < depth; k++)
        {
            var left = Vector512.Load(b);
            var right = Vector512.Load(b + width);
            var a0 = Vector512.Create(a[0]);
            c0 = Fused(a0, left, c0);
            d0 = Fused(a0, right, d0);
            var a1 = Vector512.Create(a[1]);
            c1 = Fused(a1, left, c1);
            d1 = Fused(a1, right, d1);
            var a2 = Vector512.Create(a[2]);
            c2 = Fused(a2, left, c2);
            d2 = Fused(a2, right, d2);
            var a3 = Vector512.Create(a[3]);
            c3 = Fused(a3, left, c3);
            d3 = Fused(a3, right, d3);
            var a4 = Vector512.Create(a[4]);
            c4 = Fused(a4, left, c4);
            d4 = Fused(a4, right, d4);
            var a5 = Vector512.Create(a[5]);
            c5 = Fused(a5, left, c5);
            d5 = Fused(a5, right, d5);
            var a6 = Vector512.Create(a[6]);
            c6 = Fused(a6, left, c6);
            d6 = Fused(a6, right, d6);
            var a7 = Vector512.Create(a[7]);
            c7 = Fused(a7, left, c7);
            d7 = Fused(a7, right, d7);
            var a8 = Vector512.Create(a[8]);
            c8 = Fused(a8, left, c8);
            d8 = Fused(a8, right, d8);
            var a9 = Vector512.Create(a[9]);
            c9 = Fused(a9, left, c9);
            d9 = Fused(a9, right, d9);
            var a10 = Vector512.Create(a[10]);
            c10 = Fused(a10, left, c10);
            d10 = Fused(a10, right, d10);
            var a11 = Vector512.Create(a[11]);
            c11 = Fused(a11, left, c11);
            d11 = Fused(a11, right, d11);
            a += Rows;
            b += 2 * width;
        }
        Store(c + (0 * stride), width, c0, d0, add);
        Store(c + (1 * stride), width, c1, d1, add);
        Store(c + (2 * stride), width, c2, d2, add);
        Store(c + (3 * stride), width, c3, d3, add);
        Store(c + (4 * stride), width, c4, d4, add);
        Store(c + (5 * stride), width, c5, d5, add);
        Store(c + (6 * stride), width, c6, d6, add);
        Store(c + (7 * stride), width, c7, d7, add);
        Store(c + (8 * stride), width, c8, d8, add);
        Store(c + (9 * stride), width, c9, d9, add);
        Store(c + (10 * stride), width, c10, d10, add);
        Store(c + (11 * stride), width, c11, d11, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T* c, int width, Vector512<T> left, Vector512<T> right, bool add)
        where T : unmanaged
    {
        if (add)
        {
            left += Vector512.Load(c);
            right += Vector512.Load(c + width);
        }
        left.Store(c);
        right.Store(c + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fused<T>(Vector512<T> x, Vector512<T> y, Vector512<T> sum)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), sum.AsSingle()).As<float, T>();
        return typeof(T) == typeof(double)
            ? Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), sum.AsDouble()).As<double, T>()
            : (x * y) + sum;
    }
}
