using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// What a provider says of its limits, in the words of the caller's protocol: OpenAI's
/// <c>x-ratelimit-{limit|remaining|reset}-{requests|tokens}</c> (https://platform.openai.com/docs/guides/rate-limits, a reset is a time
/// such as <c>6m0s</c>) and Anthropic's
/// <c>anthropic-ratelimit-{requests|tokens}-{limit|remaining|reset}</c> (https://docs.anthropic.com/en/api/rate-limits, a reset is a
/// moment). What only one of them has, such as Anthropic's input tokens, keeps its name.
/// </summary>
public static partial class RateLimitHeaders
{
    private const string OpenAi = "x-ratelimit-";
    private const string Anthropic = "anthropic-ratelimit-";

    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(OpenAi, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(Anthropic, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="caller">The protocol that the reply is in.</param>
    /// <param name="name">A header of a provider's that this <see cref="Contains"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="now">From which a time runs.</param>
    public static KeyValuePair<string, string> For(WireProtocol? caller, string name, string value, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        var asAnthropic = caller is WireProtocol.AnthropicMessages or WireProtocol.AnthropicCountTokens;
        if (asAnthropic && OpenAiName().Match(name) is { Success: true } open)
        {
            var (measure, unit) = (open.Groups["measure"].Value.ToLowerInvariant(), open.Groups["unit"].Value.ToLowerInvariant());
            if (measure != "reset")
                return new($"{Anthropic}{unit}-{measure}", value);
            return Wait(value) is { } wait
                ? new($"{Anthropic}{unit}-reset", (now + wait).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
                : new(name, value);
        }
        if (!asAnthropic && AnthropicName().Match(name) is { Success: true } own)
        {
            var (measure, unit) = (own.Groups["measure"].Value.ToLowerInvariant(), own.Groups["unit"].Value.ToLowerInvariant());
            if (measure != "reset")
                return new($"{OpenAi}{measure}-{unit}", value);
            return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? new($"{OpenAi}reset-{unit}", Text(moment > now ? moment - now : TimeSpan.Zero))
                : new(name, value);
        }
        return new(name, value);
    }

    /// <summary>A time as Go writes it (<c>1m30.5s</c>, <c>20ms</c>), or a number of seconds.</summary>
    private static TimeSpan? Wait(string value)
    {
        if (Duration().Match(value) is not { Success: true, Length: > 0 } match)
            return null;
        // Longer than any limit's window: no such header is believed.
        var seconds = (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000) + Part("n");
        return seconds <= 31 * 86_400 ? TimeSpan.FromSeconds(seconds) : null;

        double Part(string name)
            => match.Groups[name] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static string Text(TimeSpan wait)
    {
        var minutes = (long)wait.TotalMinutes;
        var seconds = FormattableString.Invariant($"{(wait - TimeSpan.FromMinutes(minutes)).TotalSeconds:0.###}s");
        return minutes == 0
            ? seconds
            : minutes < 60
                ? FormattableString.Invariant($"{minutes}m{seconds}")
                : FormattableString.Invariant($"{minutes / 60}h{minutes % 60}m{seconds}");
    }

    [GeneratedRegex("^x-ratelimit-(?<measure>limit|remaining|reset)-(?<unit>requests|tokens)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OpenAiName();

    [GeneratedRegex("^anthropic-ratelimit-(?<unit>requests|tokens)-(?<measure>limit|remaining|reset)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnthropicName();

    [GeneratedRegex(
        @"^(?:(?<n>\d{1,9}(?:\.\d{1,9})?)|(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m(?!s))?(?:(?<s>\d{1,9}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,9}(?:\.\d{1,9})?)ms)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
