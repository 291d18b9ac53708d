using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cairn.Knowledge;

/// <summary>
/// Blocks of 128 unsigned integers of equal width, interleaved over four 32-bit lanes (integer i is in lane i mod 4), so that one vector
/// shift unpacks four (the layout of D. Lemire's SIMD-BP128, https://arxiv.org/abs/1209.2137). A block of width b takes 16·b bytes.
/// </summary>
internal static unsafe class BitPacking
{
    public const int BlockSize = 128;

    private const int Lanes = 4;
    private const int Rows = BlockSize / Lanes;

    public static int Width(ReadOnlySpan<uint> values)
    {
        var all = 0u;
        foreach (var value in values)
            all |= value;
        return 32 - BitOperations.LeadingZeroCount(all);
    }

    public static int Size(int width) => width * Lanes * sizeof(uint);

    /// <param name="into">Zeroed.</param>
    public static void Pack(ReadOnlySpan<uint> values, int width, Span<uint> into)
    {
        for (var i = 0; i < BlockSize && width > 0; i++)
        {
            var bit = i / Lanes * width;
            var word = (bit / 32 * Lanes) + (i % Lanes);
            into[word] |= values[i] << (bit % 32);
            if ((bit % 32) + width > 32)
                into[word + Lanes] |= values[i] >> (32 - (bit % 32));
        }
    }

    /// <summary>Unpacks 128 integers.</summary>
    public static void Unpack(byte* packed, int width, uint* into)
    {
        if (width == 0)
        {
            new Span<uint>(into, BlockSize).Clear();
            return;
        }
        var mask = Vector128.Create(uint.MaxValue >> (32 - width));
        var word = Vector128.Load((uint*)packed);
        var shift = 0;
        for (var row = 0; row < Rows; row++, into += Lanes)
            (Next(ref packed, ref word, ref shift, width) & mask).Store(into);
    }

    /// <summary>
    /// Unpacks 128 gaps between increasing numbers, each stored less one, and adds them up from <paramref name="before"/>.
    /// </summary>
    public static void UnpackIncreasing(byte* packed, int width, uint before, uint* into)
    {
        if (width == 0)
        {
            for (var i = 0u; i < BlockSize; i++)
                into[i] = before + i + 1;
            return;
        }
        var mask = Vector128.Create(uint.MaxValue >> (32 - width));
        var word = Vector128.Load((uint*)packed);
        var sum = Vector128.Create(before);
        var shift = 0;
        for (var row = 0; row < Rows; row++, into += Lanes)
        {
            var gaps = (Next(ref packed, ref word, ref shift, width) & mask) + Vector128<uint>.One;
            gaps += Vector128.Shuffle(gaps, Vector128.Create(0u, 0, 1, 2)) & Vector128.Create(0u, ~0u, ~0u, ~0u);
            gaps += Vector128.Shuffle(gaps, Vector128.Create(0u, 0, 0, 1)) & Vector128.Create(0u, 0u, ~0u, ~0u);
            sum = gaps + sum;
            sum.Store(into);
            sum = Vector128.Shuffle(sum, Vector128.Create(3u));
        }
    }

    /// <summary>The next four values, with bits above the width still to be masked off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Next(ref byte* packed, ref Vector128<uint> word, ref int shift, int width)
    {
        var values = word >>> shift;
        shift += width;
        if (shift >= 32)
        {
            shift -= 32;
            packed += Lanes * sizeof(uint);
            word = Vector128.Load((uint*)packed);
            if (shift > 0)
                values |= word << (width - shift);
        }
        return values;
    }
}
