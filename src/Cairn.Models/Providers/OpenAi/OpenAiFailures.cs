using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>Turns what can go wrong with an endpoint into a <see cref="ProviderFailureException"/> that says what mends it, without the key.</summary>
internal sealed partial class OpenAiFailures(string who, OpenAiOptions options)
{
    private const int LongestMessage = 300;

    private string Address => options.BaseUrl.GetLeftPart(UriPartial.Path);

    public ProviderFailureException ForStatus(HttpStatusCode status, string body)
    {
        var said = OpenAiWire.ReadErrorBody(body) is { } message ? $" ({Clean(message)})" : "";
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                => Fail("provider.key", $"the key was refused{said}", $"Check the apiKey of '{options.Provider}' in cairn.yaml and the variable or secret it names."),
            HttpStatusCode.NotFound
                => Fail("provider.model", $"no such model or address{said}", $"Check the model's name and the baseUrl of '{options.Provider}' in cairn.yaml ({Address})."),
            HttpStatusCode.TooManyRequests
                => Fail("provider.limited", $"too many requests, or the quota is used up{said}", "Wait, or name a second model in the route."),
            >= (HttpStatusCode)300 and < (HttpStatusCode)400
                => Fail("provider.redirect", "answered with a redirect, and only configured addresses are called", $"Write the final address as the baseUrl of '{options.Provider}' in cairn.yaml."),
            _ when LooksLikeHtml(body) => Html($" (status {(int)status})"),
            _ => Fail("provider.failed", $"failed with status {(int)status}{said}", "Try again later, or name a second model in the route."),
        };
    }

    public ProviderFailureException Html(string detail = "")
        => Fail("provider.html", $"answered with a web page instead of a completion{detail}", $"Check the baseUrl of '{options.Provider}' in cairn.yaml ({Address}): it usually ends in /v1.");

    public ProviderFailureException InStream(string message)
        => Fail("provider.failed", $"reported an error: {Clean(message)}", "Try again later, or name a second model in the route.");

    public ProviderFailureException Closed(Exception? inner = null)
        => Fail("provider.closed", "the connection closed in the middle of the answer", $"See what the server at {Address} logs.", inner);

    public ProviderFailureException Empty()
        => Fail("provider.malformed", "gave an empty answer", $"See what the server at {Address} logs.");

    public ProviderFailureException TimedOut(string reason)
        => Fail("provider.timeout", reason, $"See whether the server at {Address} is busy, or raise the limits of '{options.Provider}' in cairn.yaml.");

    /// <returns>null when the exception is none of a provider's (a bug, a caller who went away).</returns>
    public ProviderFailureException? For(Exception exception, bool began) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } e
            => Fail("provider.unreachable", $"the host {options.BaseUrl.Host} is unknown", $"Check the baseUrl of '{options.Provider}' in cairn.yaml.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } e
            => Fail("provider.unreachable", $"no secure connection to {options.BaseUrl.Host}", "Check the server's certificate.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e
            => Fail("provider.unreachable", $"nothing answers at {options.BaseUrl.Authority}", $"Start the server, or mend the baseUrl of '{options.Provider}' in cairn.yaml.", e),
        OperationCanceledException e
            => Fail("provider.unreachable", FormattableString.Invariant($"no connection to {options.BaseUrl.Authority} within {options.Limits.Connect.TotalSeconds:0.###} s"), $"Check the baseUrl of '{options.Provider}' in cairn.yaml.", e),
        HttpRequestException or IOException when began => Closed(exception),
        HttpRequestException or IOException
            => Fail("provider.closed", "the connection closed before an answer", $"See what the server at {Address} logs.", exception),
        JsonException or InvalidDataException
            => Fail("provider.malformed", "the stream is not one of chat completions", $"Check that {Address} is OpenAI-compatible.", exception),
        _ => null,
    };

    public static bool LooksLikeHtml(string body) => body.AsSpan().TrimStart().StartsWith("<");

    private ProviderFailureException Fail(string code, string what, string fix, Exception? inner = null) => new(code, who, what, fix, inner);

    /// <summary>A provider's own words on one line, without anything that could be a key.</summary>
    private string Clean(string message)
    {
        if (options.ApiKey is { Length: > 0 } key)
            message = message.Replace(key, "…", StringComparison.Ordinal);
        message = KeyLike().Replace(Unprintable().Replace(message, " "), "…").Trim();
        return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
    }

    [GeneratedRegex(@"\b(sk|pk|key|gsk|xai)[-_][A-Za-z0-9_*.\-]{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"[\p{C}\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
