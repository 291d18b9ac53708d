namespace Cairn.Knowledge;

/// <summary>A weighted term frequency as a code of five bits: exact to 16, then in steps of about a sixth.</summary>
internal static class FrequencyCode
{
    public const int Count = 32;

    private static readonly int[] Frequencies =
    [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 21, 24, 28, 32, 38, 44, 52, 60, 70, 82, 96, 112, 130, 152, 180,
    ];

    public static byte Encode(int frequency)
    {
        if (frequency <= 16)
            return (byte)(frequency - 1);
        var found = Array.BinarySearch(Frequencies, frequency);
        return (byte)(found >= 0 ? found : ~found - 1);
    }

    public static int Decode(int code) => Frequencies[code];
}
