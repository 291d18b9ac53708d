using System.Globalization;
using System.Net.Http.Headers;

namespace Cairn.Models;

/// <summary>What a provider's HTTP status and headers say about another try.</summary>
public static class ProviderStatus
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// 529 is Anthropic's "overloaded" (https://docs.anthropic.com/en/api/errors); 408, 409 and 425 are what clients try again too.
    /// </summary>
    public static RetryScope RetryOf(int status) => status switch
    {
        408 or 409 or 425 or 429 or >= 500 => RetryScope.Again,
        401 or 402 or 403 or 404 or 413 or (>= 300 and < 400) => RetryScope.Elsewhere,
        _ => RetryScope.Nowhere,
    };

    /// <summary>
    /// <c>retry-after-ms</c> (Azure, OpenAI) or <c>Retry-After</c> in seconds or as a date; null when neither is there or can be read.
    /// </summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            return Clamp(milliseconds / 1000);
        if (headers.RetryAfter?.Delta is { } delta)
            return Clamp(delta.TotalSeconds);
        if (headers.RetryAfter?.Date is { } date)
            return Clamp((date - now).TotalSeconds);
        return headers.TryGetValues("Retry-After", out values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Clamp(seconds)
            : null;
    }

    private static TimeSpan? Clamp(double seconds)
        => double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
}
