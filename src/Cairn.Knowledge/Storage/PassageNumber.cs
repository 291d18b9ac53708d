namespace Cairn.Knowledge;

/// <summary>A passage's number: its version's row number and where it starts, so that its place in the database is known from it.</summary>
internal static class PassageNumber
{
    /// <summary>Texts are shorter than this many UTF-16 units.</summary>
    private const int OffsetBits = 28;

    public static long Of(long version, int start)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, 1 << OffsetBits);
        return (version << OffsetBits) | (uint)start;
    }

    public static long Version(long passage) => passage >> OffsetBits;

    public static int Start(long passage) => (int)(passage & ((1 << OffsetBits) - 1));
}
