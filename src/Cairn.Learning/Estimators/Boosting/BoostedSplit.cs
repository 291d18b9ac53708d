using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>The best question found for a node. A value, as tens of thousands are looked at while a model grows.</summary>
/// <param name="Gain">How much it lowers the loss, in squares of the loss's unit; 0 where none does, and the rest then says nothing.</param>
/// <param name="Bin">The last bin that leads left, for numbers.</param>
/// <param name="LeftBins">The bins that lead left, for categories: 256 bits.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BoostedSplit(
    double Gain, int Column, int Bin, bool MissingLeft, ulong[]? LeftBins, long LeftFirst, long LeftSecond)
{
    public bool GoesLeft(int bin) => LeftBins is not null
        ? ((LeftBins[bin >> 6] >> (bin & 63)) & 1) != 0
        : bin == ColumnBins.Missing ? MissingLeft : bin <= Bin;
}
