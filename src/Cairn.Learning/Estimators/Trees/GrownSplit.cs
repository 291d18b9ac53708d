namespace Cairn.Learning;

/// <param name="Gain">What the cut adds to purity, times rows; -1 for a column of one value, 0 where no cut is allowed.</param>
/// <param name="Bin">The last bin that leads left.</param>
/// <param name="Next">The next bin with rows in it.</param>
internal readonly record struct GrownSplit(double Gain, int Bin, int Next, bool MissingLeft);
