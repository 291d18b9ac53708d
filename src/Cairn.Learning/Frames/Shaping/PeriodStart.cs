namespace Cairn.Learning;

internal static class PeriodStart
{
    public static DateTime Of(DateTime time, Period period) => period switch
    {
        Period.Hour => time.Date.AddHours(time.Hour),
        Period.Day => time.Date,
        Period.Week => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)),
        Period.Month => new DateTime(time.Year, time.Month, 1),
        Period.Quarter => new DateTime(time.Year, (time.Month - 1) / 3 * 3 + 1, 1),
        Period.Year => new DateTime(time.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, null),
    };
}
