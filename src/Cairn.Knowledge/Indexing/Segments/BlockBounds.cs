namespace Cairn.Knowledge;

/// <summary>
/// Two pairs (frequency code, length code) such that whatever the parameters and the mean length, no posting of a block scores above the
/// better of the two pairs. A pair takes the highest frequency and the shortest length of its share of the postings: those above a
/// frequency, and the rest. The frequency that parts them is chosen to make the bound tight at usual parameters.
/// </summary>
internal static class BlockBounds
{
    public static void Find(ReadOnlySpan<uint> passages, ReadOnlySpan<byte> frequencies, ReadOnlySpan<byte> lengths, Span<byte> bounds)
    {
        Span<byte> shortest = stackalloc byte[FrequencyCode.Count];
        shortest.Fill(byte.MaxValue);
        var highest = 0;
        for (var i = 0; i < passages.Length; i++)
        {
            var (frequency, length) = (frequencies[i], lengths[(int)passages[i]]);
            shortest[frequency] = Math.Min(shortest[frequency], length);
            highest = Math.Max(highest, frequency);
        }
        var shortestBelow = shortest[0];
        var (best, bestLow) = (double.MaxValue, 0);
        for (var low = 0; low < Math.Max(highest, 1); low++)
        {
            shortestBelow = Math.Min(shortestBelow, shortest[low]);
            var above = low == highest ? byte.MaxValue : Shortest(shortest[(low + 1)..(highest + 1)]);
            var bound = Math.Max(Typical(highest, above), Typical(low, shortestBelow));
            if (bound >= best)
                continue;
            (best, bestLow) = (bound, low);
            (bounds[0], bounds[1], bounds[2], bounds[3]) = ((byte)highest, above, (byte)low, shortestBelow);
        }
        if (bestLow == highest)
            (bounds[0], bounds[1]) = (bounds[2], bounds[3]);
    }

    private static byte Shortest(ReadOnlySpan<byte> lengths)
    {
        var shortest = byte.MaxValue;
        foreach (var length in lengths)
            shortest = Math.Min(shortest, length);
        return shortest;
    }

    private static double Typical(int frequencyCode, byte lengthCode)
    {
        double frequency = FrequencyCode.Decode(frequencyCode);
        return frequency / (frequency + 0.3 + (0.009 * LengthCode.Decode(lengthCode)));
    }
}
