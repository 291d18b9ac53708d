namespace Cairn.Knowledge;

/// <summary>
/// A passage's length in words as one byte: exact to 64, then in steps of about 2.5 % (8,500 at most; longer counts as that).
/// </summary>
internal static class LengthCode
{
    private static readonly int[] Lengths = MakeLengths();

    public static byte Encode(int words)
    {
        var found = Array.BinarySearch(Lengths, words);
        return (byte)(found >= 0 ? found : Math.Max(0, ~found - 1));
    }

    public static int Decode(byte code) => Lengths[code];

    private static int[] MakeLengths()
    {
        var lengths = new int[256];
        for (var i = 1; i < lengths.Length; i++)
            lengths[i] = i <= 64 ? i : Math.Max(lengths[i - 1] + 1, (int)(64 * Math.Pow(1.0258, i - 64)));
        return lengths;
    }
}
