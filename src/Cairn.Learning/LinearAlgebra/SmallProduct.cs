using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>Products that are not worth packing: of vectors, and of matrices of a few numbers.</summary>
internal static unsafe class SmallProduct
{
    // Fewer numbers than this are read faster by one thread.
    private const int ShareFrom = 1 << 16;

    internal static void Multiply<T>(int m, int n, int k, Operand<T> a, Operand<T> b, T* c, int stride, bool add, bool alone)
        where T : unmanaged
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Products of {typeof(T).Name} are computed as double.");
        if (n == 1 && m > 1 && stride == 1 && (a.RowStride == 1 || (a.ColumnStride == 1 && b.RowStride == 1)))
        {
            // A matrix times a column is a row times the matrix turned: the rows' way below is the quick one.
            Multiply(1, m, k, b.Transposed, a.Transposed, c, 1, add, alone);
            return;
        }
        var dots = b.RowStride == 1 && a.ColumnStride == 1;
        if (m == 1 && (long)n * k >= ShareFrom && LearningThreads.Count > 1 && !alone)
        {
            // One row times a large matrix (a model's step for one token): the columns are shared.
            var each = (((n + LearningThreads.Count - 1) / LearningThreads.Count) + 15) & ~15;
            var to = (nint)c;
            LearningThreads.For((n + each - 1) / each, part =>
            {
                var first = part * each;
                Rows(1, Math.Min(each, n - first), k, a, b.At(0, first), (T*)to + first, stride, add, dots);
            });
            return;
        }
        Rows(m, n, k, a, b, c, stride, add, dots);
    }

    internal static void Add<T>(ReadOnlySpan<T> from, Span<T> to)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            TensorPrimitives.Add(Of<T, float>(to), Of<T, float>(from), OfSpan<T, float>(to));
        else
            TensorPrimitives.Add(Of<T, double>(to), Of<T, double>(from), OfSpan<T, double>(to));
    }

    private static void Rows<T>(int m, int n, int k, Operand<T> a, Operand<T> b, T* c, int stride, bool add, bool dots)
        where T : unmanaged
    {
        for (var i = 0; i < m; i++)
        {
            var to = new Span<T>(c + ((long)i * stride), n);
            if (dots)
            {
                var row = new ReadOnlySpan<T>(a.At(i, 0).Start, k);
                for (var j = 0; j < n; j++)
                    Put(to, j, Dot(row, new ReadOnlySpan<T>(b.At(0, j).Start, k)), add);
                continue;
            }
            if (!add)
                to.Clear();
            var p = typeof(T) == typeof(float) && b.ColumnStride == 1 ? AddFours(k, a.At(i, 0), b, to) : 0;
            for (; p < k; p++)
            {
                var factor = *a.At(i, p).Start;
                if (b.ColumnStride == 1)
                    AddScaled(new ReadOnlySpan<T>(b.At(p, 0).Start, n), factor, to);
                else
                    AddScaled(b.At(p, 0), factor, to);
            }
        }
    }

    /// <summary>
    /// Adds four scaled rows at a time, so that the sums are read and written a quarter as often; returns how many rows were added.
    /// </summary>
    private static int AddFours<T>(int k, Operand<T> factors, Operand<T> b, Span<T> to)
        where T : unmanaged
    {
        var sums = OfSpan<T, float>(to);
        var p = 0;
        for (; p <= k - 4; p += 4)
        {
            var (f0, f1, f2, f3) = (Factor(p), Factor(p + 1), Factor(p + 2), Factor(p + 3));
            var b0 = (float*)b.At(p, 0).Start;
            var b1 = (float*)b.At(p + 1, 0).Start;
            var b2 = (float*)b.At(p + 2, 0).Start;
            var b3 = (float*)b.At(p + 3, 0).Start;
            var j = 0;
            for (; j <= sums.Length - Vector<float>.Count; j += Vector<float>.Count)
            {
                // Products and sums are rounded one by one, in the order of the rows, so that this gives what adding them singly gives.
                var sum = new Vector<float>(sums[j..]) + (Vector.Load(b0 + j) * f0);
                sum += Vector.Load(b1 + j) * f1;
                sum += Vector.Load(b2 + j) * f2;
                (sum + (Vector.Load(b3 + j) * f3)).CopyTo(sums[j..]);
            }
            for (; j < sums.Length; j++)
                sums[j] = sums[j] + (b0[j] * f0) + (b1[j] * f1) + (b2[j] * f2) + (b3[j] * f3);
        }
        return p;

        float Factor(int at) => *(float*)factors.At(0, at).Start;
    }

    private static void Put<T>(Span<T> to, int j, T value, bool add)
        where T : unmanaged
    {
        to[j] = add ? Sum(to[j], value) : value;
    }

    private static T Sum<T>(T x, T y)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (T)(object)((float)(object)x + (float)(object)y);
        return (T)(object)((double)(object)x + (double)(object)y);
    }

    private static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (T)(object)TensorPrimitives.Dot(Of<T, float>(x), Of<T, float>(y));
        return (T)(object)TensorPrimitives.Dot(Of<T, double>(x), Of<T, double>(y));
    }

    private static void AddScaled<T>(ReadOnlySpan<T> x, T factor, Span<T> to)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            TensorPrimitives.MultiplyAdd(Of<T, float>(x), (float)(object)factor, Of<T, float>(to), OfSpan<T, float>(to));
        else
            TensorPrimitives.MultiplyAdd(Of<T, double>(x), (double)(object)factor, Of<T, double>(to), OfSpan<T, double>(to));
    }

    private static void AddScaled<T>(Operand<T> row, T factor, Span<T> to)
        where T : unmanaged
    {
        for (var j = 0; j < to.Length; j++)
        {
            var value = *row.At(0, j).Start;
            if (typeof(T) == typeof(float))
                to[j] = (T)(object)((float)(object)to[j] + ((float)(object)value * (float)(object)factor));
            else
                to[j] = (T)(object)((double)(object)to[j] + ((double)(object)value * (double)(object)factor));
        }
    }

    private static ReadOnlySpan<TTo> Of<T, TTo>(ReadOnlySpan<T> span)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(span);

    private static Span<TTo> OfSpan<T, TTo>(Span<T> span)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(span);
}
