namespace Cairn.Knowledge;

/// <summary>How a table of values is written: its separator, and whether its first row names the columns.</summary>
internal sealed record CsvDialect(char Separator, bool HasHeader)
{
    private const int SampleRows = 50;

    /// <summary>Takes the separator that cuts the first rows into the same number of fields, the more the better.</summary>
    public static CsvDialect Of(string text)
    {
        var best = (Separator: ',', Score: -1.0, Rows: (List<string[]>)[]);
        foreach (var separator in ",;\t|")
        {
            var rows = CsvRows.Read(text, separator).Take(SampleRows).ToList();
            if (rows.Count == 0)
                continue;
            var usual = rows.GroupBy(r => r.Length).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First();
            var score = usual.Key == 1 ? 0 : (double)usual.Count() / rows.Count * (1 + Math.Min(usual.Key, 30) / 100.0);
            if (score > best.Score)
                best = (separator, score, rows);
        }
        return new CsvDialect(best.Separator, HeaderIn(best.Rows));
    }

    /// <summary>The first row names columns when it is text throughout, without repeats, and at least as wide as the rows below.</summary>
    private static bool HeaderIn(List<string[]> rows)
    {
        if (rows.Count < 2)
            return false;
        var first = rows[0];
        var named = first.Where(f => !string.IsNullOrWhiteSpace(f)).ToList();
        return named.Count >= Math.Max(1, first.Length - 1)
            && named.Distinct(StringComparer.OrdinalIgnoreCase).Count() == named.Count
            && named.All(f => f.Length <= 80 && !IsValue(f));
    }

    private static bool IsValue(string field)
    {
        var digits = field.Count(char.IsAsciiDigit);
        return digits > 0 && digits * 2 >= field.Count(c => !char.IsWhiteSpace(c)) && !field.Any(char.IsLetter);
    }
}
