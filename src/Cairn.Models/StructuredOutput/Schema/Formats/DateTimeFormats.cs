namespace Cairn.Models;

/// <summary>Dates and times of RFC 3339 and its durations (appendix A).</summary>
internal static class DateTimeFormats
{
    public static bool IsDate(ReadOnlySpan<char> text)
        => text.Length == 10 && text[4] == '-' && text[7] == '-'
            && Digits(text[..4]) is var year and >= 0 && Digits(text[5..7]) is var month and >= 1 and <= 12
            && Digits(text[8..]) is var day and >= 1
            && day <= (year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month));

    public static bool IsDateTime(ReadOnlySpan<char> text)
        => text.Length > 11 && text[10] is 'T' or 't' && text.Length > 11 && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':')
            return false;
        var (hour, minute, second) = (Digits(text[..2]), Digits(text[3..5]), Digits(text[6..8]));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return false;
        var zone = text[8..];
        if (zone[0] == '.')
        {
            var digits = zone[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
                return false;
            zone = zone[(digits + 1)..];
        }
        var offset = 0;
        if (zone is not ("Z" or "z"))
        {
            if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':' || Digits(zone[1..3]) is not (var h and >= 0 and <= 23)
                || Digits(zone[4..]) is not (var m and >= 0 and <= 59))
                return false;
            offset = (h * 60 + m) * (zone[0] == '+' ? 1 : -1);
        }
        // A leap second is at the end of a day in UTC.
        return second < 60 || ((hour * 60 + minute - offset) % 1440 + 1440) % 1440 == 1439;
    }

    public static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != 'P')
            return false;
        text = text[1..];
        if (text[^1] == 'W')
            return text.Length > 1 && !text[..^1].ContainsAnyExceptInRange('0', '9');
        var time = text.IndexOf('T');
        return time < 0 ? Parts(text, "YMD") : (time == 0 || Parts(text[..time], "YMD")) && Parts(text[(time + 1)..], "HMS");
    }

    /// <summary>Numbers with units in their order and without a gap: years, then months, then days.</summary>
    private static bool Parts(ReadOnlySpan<char> text, string units)
    {
        var last = -1;
        while (text.Length > 0)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
                return false;
            var unit = units.IndexOf(text[digits], StringComparison.Ordinal);
            if (unit < 0 || (last >= 0 && unit != last + 1))
                return false;
            last = unit;
            text = text[(digits + 1)..];
        }
        return last >= 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
