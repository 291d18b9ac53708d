using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Apps;

internal static partial class Durations
{
    /// <returns>null when the text is no positive time.</returns>
    public static TimeSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success
            || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count is 0 or > 1_000_000_000)
            return null;
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => count > 1_000_000 ? null : TimeSpan.FromDays(count),
        };
    }

    [GeneratedRegex(@"^([0-9]{1,10}(?:\.[0-9]{1,6})?)(ms|s|m|h|d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
