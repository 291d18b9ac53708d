using System.Globalization;

namespace Cairn.Models;

/// <summary>One day or one month, in UTC.</summary>
/// <param name="Start">Its first day.</param>
public readonly record struct BudgetPeriod(bool IsMonth, DateOnly Start)
{
    public static BudgetPeriod DayOf(DateTimeOffset now) => new(false, DateOnly.FromDateTime(now.UtcDateTime));

    public static BudgetPeriod MonthOf(DateTimeOffset now) => new(true, new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1));

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset End => new((IsMonth ? Start.AddMonths(1) : Start.AddDays(1)).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary><c>2026-01-31</c> or <c>2026-01</c>.</summary>
    public string Text => Start.ToString(IsMonth ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>null when the text is neither a day nor a month.</returns>
    public static BudgetPeriod? Parse(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(false, day)
            : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? new(true, month)
            : null;
}
