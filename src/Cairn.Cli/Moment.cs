using System.Globalization;
using System.Text.Json;

namespace Cairn.Cli;

/// <summary>Times as people read them, in the zone of the machine; JSON output keeps the exact ones.</summary>
internal static class Moment
{
    /// <param name="time">A JSON string of a time.</param>
    public static string Of(JsonElement time, string format = "d MMMM yyyy, HH:mm")
        => time.GetDateTimeOffset().ToLocalTime().ToString(format, CultureInfo.InvariantCulture);
}
