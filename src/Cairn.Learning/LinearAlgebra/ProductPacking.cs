using System.Runtime.CompilerServices;

namespace Cairn.Learning;

/// <summary>
/// Copies blocks of a matrix into panels that the innermost tile reads straight through: a panel holds <c>height</c> rows, depth by depth;
/// the last panel is filled up with zeros.
/// </summary>
internal static unsafe class ProductPacking
{
    /// <summary>Packs <paramref name="rows"/> rows by <paramref name="depth"/> columns of the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack<T>(Operand<T> source, int rows, int depth, int height, T* to)
        where T : unmanaged
    {
        for (var row = 0; row < rows; row += height, to += height * depth)
        {
            var present = Math.Min(height, rows - row);
            var block = source.At(row, 0);
            if (present < height)
                new Span<T>(to, height * depth).Clear();
            if (block.RowStride == 1)
                AcrossRows(block, present, depth, height, to);
            else
                AlongRows(block, present, depth, height, to);
        }
    }

    /// <summary>Neighbouring rows lie side by side in memory: one copy per depth.</summary>
    private static void AcrossRows<T>(Operand<T> block, int present, int depth, int height, T* to)
        where T : unmanaged
    {
        for (var k = 0; k < depth; k++)
        {
            var from = block.Start + ((long)k * block.ColumnStride);
            Unsafe.CopyBlockUnaligned(to + (k * height), from, (uint)(present * sizeof(T)));
        }
    }

    /// <summary>Four rows at a time, so that each line of memory that is written is written once.</summary>
    private static void AlongRows<T>(Operand<T> block, int present, int depth, int height, T* to)
        where T : unmanaged
    {
        var step = block.ColumnStride;
        var row = 0;
        for (; row + 4 <= present; row += 4)
        {
            var r0 = block.At(row, 0).Start;
            var r1 = r0 + block.RowStride;
            var r2 = r1 + block.RowStride;
            var r3 = r2 + block.RowStride;
            var target = to + row;
            for (var k = 0; k < depth; k++, target += height)
            {
                var at = (long)k * step;
                target[0] = r0[at];
                target[1] = r1[at];
                target[2] = r2[at];
                target[3] = r3[at];
            }
        }
        for (; row < present; row++)
        {
            var from = block.At(row, 0).Start;
            for (var k = 0; k < depth; k++)
                to[(k * height) + row] = from[(long)k * step];
        }
    }
}
