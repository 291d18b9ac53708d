using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cairn.Learning;

/// <summary>
/// Matrix products of float and double, after Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", 2008): both sides
/// are packed into panels that stay in the caches, and a tile of sums stays in registers. Blocks of rows are shared between threads; each
/// element is summed in the same order whatever their number.
/// </summary>
internal static unsafe class Product
{
    private const int Depth = 256;
    private const int MaxColumns = 4096;

    // Below so many multiplications packing costs more than it saves.
    private const long Small = 16 * 16 * 16;

    // Below so many multiplications a second thread costs more than it saves.
    private const long Parallel = 96 * 96 * 96;

    private static readonly bool Wide = Vector512.IsHardwareAccelerated;

    /// <summary>c (m x n, rows <paramref name="stride"/> apart) = a (m x k) b (k x n), or c += when <paramref name="add"/>.</summary>
    /// <param name="alone">On this thread only: for callers that share their own work between threads.</param>
    internal static void Multiply<T>(int m, int n, int k, Operand<T> a, Operand<T> b, T* c, int stride, bool add, bool alone = false)
        where T : unmanaged
    {
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            for (var i = 0; i < m && !add; i++)
                new Span<T>(c + ((long)i * stride), n).Clear();
            return;
        }
        if (m == 1 || n == 1 || (long)m * n * k <= Small)
        {
            SmallProduct.Multiply(m, n, k, a, b, c, stride, add, alone);
            return;
        }
        var (height, width) = Wide
            ? (ProductTile512.Rows, 2 * Vector512<T>.Count)
            : (ProductTile256.Rows, 2 * Vector256<T>.Count);
        var panels = (Math.Min(n, MaxColumns) + width - 1) / width;
        using var packed = new AlignedScratch<T>(panels * width * Math.Min(k, Depth));
        var right = (nint)packed.Start;
        var threads = alone || (long)m * n * k < Parallel ? 1 : LearningThreads.Count;
        for (var column = 0; column < n; column += MaxColumns)
        {
            var columns = Math.Min(MaxColumns, n - column);
            for (var at = 0; at < k; at += Depth)
            {
                var depth = Math.Min(Depth, k - at);
                PackRight(b.At(at, column), columns, depth, width, right, threads);
                var rowsEach = RowsEach(m, height, threads);
                var blocks = (m + rowsEach - 1) / rowsEach;
                var left = a.At(0, at);
                var target = new Operand<T>(c + column, stride, 1);
                var accumulate = add || at > 0;
                if (threads == 1)
                {
                    for (var block = 0; block < blocks; block++)
                        Block(left, target, block * rowsEach, Math.Min(rowsEach, m - (block * rowsEach)), columns, depth, right,
                            accumulate);
                    continue;
                }
                LearningThreads.For(blocks, block =>
                    Block(left, target, block * rowsEach, Math.Min(rowsEach, m - (block * rowsEach)), columns, depth, right, accumulate));
            }
        }
    }

    /// <summary>Rows per block: they fit the second cache, and each thread has one.</summary>
    private static int RowsEach(int m, int height, int threads)
    {
        var most = 20 * height;
        var fair = (m + threads - 1) / threads;
        var rows = fair <= most ? fair : (fair + ((fair - 1) / most)) / (((fair - 1) / most) + 1);
        return (rows + height - 1) / height * height;
    }

    private static void PackRight<T>(Operand<T> b, int columns, int depth, int width, nint to, int threads)
        where T : unmanaged
    {
        var turned = b.Transposed;
        if (threads == 1)
        {
            ProductPacking.Pack(turned, columns, depth, width, (T*)to);
            return;
        }
        var each = (((columns + width - 1) / width) + threads - 1) / threads * width;
        LearningThreads.For((columns + each - 1) / each, part =>
        {
            var first = part * each;
            ProductPacking.Pack(turned.At(first, 0), Math.Min(each, columns - first), depth, width, (T*)to + (first * depth));
        });
    }

    private static void Block<T>(Operand<T> a, Operand<T> c, int row, int rows, int columns, int depth, nint right, bool add)
        where T : unmanaged
    {
        var (height, width) = Wide
            ? (ProductTile512.Rows, 2 * Vector512<T>.Count)
            : (ProductTile256.Rows, 2 * Vector256<T>.Count);
        var tiles = (rows + height - 1) / height;
        using var packed = new AlignedScratch<T>((tiles * height * depth) + (height * width));
        var left = packed.Start;
        var edge = left + (tiles * height * depth);
        ProductPacking.Pack(a.At(row, 0), rows, depth, height, left);
        for (var j = 0; j < columns; j += width)
        {
            var panel = (T*)right + (j * depth);
            for (var tile = 0; tile < tiles; tile++)
            {
                var i = row + (tile * height);
                var whole = (tile + 1) * height <= rows && j + width <= columns;
                var target = c.At(i, j).Start;
                if (whole)
                {
                    Tile(depth, left + (tile * height * depth), panel, target, c.RowStride, add);
                    continue;
                }
                Tile(depth, left + (tile * height * depth), panel, edge, width, false);
                Edge(edge, width, target, c.RowStride, Math.Min(height, rows - (tile * height)), Math.Min(width, columns - j), add);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T>(int depth, T* a, T* b, T* c, int stride, bool add)
        where T : unmanaged
    {
        if (Wide)
            ProductTile512.Multiply(depth, a, b, c, stride, add);
        else
            ProductTile256.Multiply(depth, a, b, c, stride, add);
    }

    private static void Edge<T>(T* tile, int width, T* c, int stride, int rows, int columns, bool add)
        where T : unmanaged
    {
        for (var i = 0; i < rows; i++)
        {
            var from = new ReadOnlySpan<T>(tile + (i * width), columns);
            var to = new Span<T>(c + ((long)i * stride), columns);
            if (add)
                SmallProduct.Add(from, to);
            else
                from.CopyTo(to);
        }
    }
}
