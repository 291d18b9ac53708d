using System.Numerics;

namespace Cairn.Learning;

/// <summary>The matrix product of arrays.</summary>
public static class MatrixProduct
{
    extension<T>(NdArray<T> array)
        where T : unmanaged, INumber<T>
    {
        /// <summary>
        /// The matrix product, as NumPy's <c>@</c>: matrices (m, k) and (k, n) give (m, n); a vector is a row on the left and a column on
        /// the right, and its axis is gone from the result; axes before the last two are stretched and multiplied pair by pair. Whole
        /// numbers are multiplied
        /// in double (exact up to 2^53).
        /// </summary>
        /// <exception cref="ShapeException">The inner lengths differ.</exception>
        public NdArray<T> MatMul(NdArray<T> other)
        {
            ArgumentNullException.ThrowIfNull(other);
            if (array.Rank == 0 || other.Rank == 0)
                throw ShapeException.Between("matmul", array.Shape, other.Shape, "a single number has no rows; use *");
            var left = array.Rank == 1 ? array.ExpandDims(0) : array;
            var right = other.Rank == 1 ? other.ExpandDims(-1) : other;
            if (left.Shape[-1] != right.Shape[-2])
                throw ShapeException.Between("matmul", array.Shape, other.Shape,
                    $"{left.Shape[-1]} columns against {right.Shape[-2]} rows");
            var result = Batched(left, right);
            int[] shape = [.. result.Shape.Lengths];
            if (array.Rank == 1)
                shape = [.. shape[..^2], shape[^1]];
            if (other.Rank == 1)
                shape = shape[..^1];
            return result.Reshape(shape);
        }
    }

    private static NdArray<T> Batched<T>(NdArray<T> left, NdArray<T> right)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return Floating(left, right);
        var whole = Floating(left.To<double>(), right.To<double>());
        return whole.To<T>();
    }

    private static unsafe NdArray<T> Floating<T>(NdArray<T> left, NdArray<T> right)
        where T : unmanaged, INumber<T>
    {
        var (m, k, n) = (left.Shape[-2], left.Shape[-1], right.Shape[-1]);
        var batch = Shape.Broadcast(Shape.Of(left.Shape.Lengths[..^2]), Shape.Of(right.Shape.Lengths[..^2]), "matmul");
        var result = NdArray.Zeros<T>([.. batch.Lengths, m, n]);
        if (result.Count == 0)
            return result;
        if (batch.Rank == 0)
        {
            fixed (T* a = left.Storage, b = right.Storage, c = result.Storage)
                Product.Multiply(m, n, k, new Operand<T>(a + left.Offset, left.Strides[0], left.Strides[1]),
                    new Operand<T>(b + right.Offset, right.Strides[0], right.Strides[1]), c, n, false);
            return result;
        }
        left = left.BroadcastTo([.. batch.Lengths, m, k]);
        right = right.BroadcastTo([.. batch.Lengths, k, n]);
        var lefts = Starts(left);
        var rights = Starts(right);
        fixed (T* a = left.Storage, b = right.Storage, c = result.Storage)
        {
            for (var i = 0; i < lefts.Length; i++)
            {
                Product.Multiply(
                    m,
                    n,
                    k,
                    new Operand<T>(a + lefts[i], left.Strides[^2], left.Strides[^1]),
                    new Operand<T>(b + rights[i], right.Strides[^2], right.Strides[^1]),
                    c + ((long)i * m * n),
                    n,
                    false);
            }
        }
        return result;
    }

    /// <summary>Where in its storage each matrix of a batch starts.</summary>
    private static int[] Starts<T>(NdArray<T> array)
        where T : unmanaged
    {
        var count = 1;
        foreach (var length in array.Shape.Lengths[..^2])
            count *= length;
        var starts = new int[count];
        // Runs leaves its last axis out: the last axis of the batch is walked by giving it one more of length 1.
        Layout.Runs([.. array.Shape.Lengths[..^2], 1], [.. array.Strides[..^2], 0], array.Offset, starts);
        return starts;
    }
}
