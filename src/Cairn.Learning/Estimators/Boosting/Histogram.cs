using System.Runtime.Intrinsics;

namespace Cairn.Learning;

/// <summary>Sums of fixed gradients per column and bin: <c>words[(column * 256 + bin) * 2]</c> and the word after it.</summary>
internal static class Histogram
{
    public const int Bins = 256;

    /// <summary>
    /// Sums the gradients of a node's rows by the bins of one column; <paramref name="gradients"/> are in the order of <paramref
    /// name="rows"/>.
    /// </summary>
    public static unsafe void Fill(ReadOnlySpan<byte> bins, ReadOnlySpan<int> rows, ReadOnlySpan<long> gradients, Span<long> histogram)
    {
        histogram.Clear();
        fixed (byte* bin = bins)
        fixed (int* row = rows)
        fixed (long* gradient = gradients, sum = histogram)
        {
            var i = 0;
            for (; i + 4 <= rows.Length; i += 4)
            {
                var a = sum + (2 * bin[row[i]]);
                var b = sum + (2 * bin[row[i + 1]]);
                var c = sum + (2 * bin[row[i + 2]]);
                var d = sum + (2 * bin[row[i + 3]]);
                (Vector128.Load(a) + Vector128.Load(gradient + (2 * i))).Store(a);
                (Vector128.Load(b) + Vector128.Load(gradient + (2 * i) + 2)).Store(b);
                (Vector128.Load(c) + Vector128.Load(gradient + (2 * i) + 4)).Store(c);
                (Vector128.Load(d) + Vector128.Load(gradient + (2 * i) + 6)).Store(d);
            }
            for (; i < rows.Length; i++)
            {
                var a = sum + (2 * bin[row[i]]);
                (Vector128.Load(a) + Vector128.Load(gradient + (2 * i))).Store(a);
            }
        }
    }
}
