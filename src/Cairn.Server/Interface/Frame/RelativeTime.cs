using System.Globalization;

namespace Cairn.Server;

/// <summary>How long ago something was, as people say it; from a month on, the date.</summary>
internal static class RelativeTime
{
    public static string Of(DateTimeOffset at, DateTimeOffset now)
    {
        var ago = now - at;
        return ago switch
        {
            { TotalSeconds: < 45 } => "just now",
            { TotalMinutes: < 1.5 } => "a minute ago",
            { TotalMinutes: < 59.5 } => Rounded(ago.TotalMinutes, "minutes"),
            { TotalHours: < 1.5 } => "an hour ago",
            { TotalHours: < 23.5 } => Rounded(ago.TotalHours, "hours"),
            { TotalDays: < 1.5 } => "yesterday",
            { TotalDays: < 30 } => Rounded(ago.TotalDays, "days"),
            _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    private static string Rounded(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit} ago");
}
