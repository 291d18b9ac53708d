namespace Cairn.Learning;

/// <summary>
/// Finds the separator: the one that cuts the first lines into the same number of fields most often, the most fields where two do so
/// equally.
/// </summary>
internal static class CsvDialect
{
    private const int Lines = 50;

    public static char DelimiterOf(ReadOnlySpan<byte> bytes)
    {
        var (best, bestScore) = (',', 0.0);
        foreach (var candidate in ",;\t|")
        {
            var counts = CountsOf(bytes, (byte)candidate);
            var usual = counts.GroupBy(c => c).OrderByDescending(g => g.Count()).FirstOrDefault();
            if (usual is null || usual.Key == 0)
                continue;
            var score = (double)usual.Count() / counts.Count + usual.Key / 1e6;
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }
        return best;
    }

    private static List<int> CountsOf(ReadOnlySpan<byte> bytes, byte delimiter)
    {
        var counts = new List<int>();
        var (count, quoted, empty) = (0, false, true);
        foreach (var b in bytes)
        {
            if (b == '"')
                quoted = !quoted;
            else if (b == delimiter && !quoted)
                count++;
            if (b == '\n' && !quoted)
            {
                if (!empty)
                    counts.Add(count);
                (count, empty) = (0, true);
                if (counts.Count == Lines)
                    return counts;
            }
            else if (b != '\r')
            {
                empty = false;
            }
        }
        if (!empty)
            counts.Add(count);
        return counts;
    }
}
