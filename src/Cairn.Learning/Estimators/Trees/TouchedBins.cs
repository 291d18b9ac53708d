using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cairn.Learning;

/// <summary>Which of 256 bins hold rows: small nodes need not look at all of them.</summary>
[InlineArray(4)]
internal struct TouchedBins
{
    private ulong word;

    /// <summary>The touched bins, ascending; how many.</summary>
    public readonly int List(Span<int> bins)
    {
        var count = 0;
        for (var i = 0; i < 4; i++)
        {
            for (var left = this[i]; left != 0; left &= left - 1)
                bins[count++] = (i << 6) + BitOperations.TrailingZeroCount(left);
        }
        return count;
    }
}
