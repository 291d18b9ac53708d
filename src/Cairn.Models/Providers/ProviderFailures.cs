using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// Turns what can go wrong with a provider into a <see cref="ProviderFailureException"/> that says what mends it, without the key.
/// </summary>
internal sealed partial class ProviderFailures(ProviderConnection connection, Uri address, string model)
{
    private const int LongestMessage = 300;

    /// <summary>The provider and its model.</summary>
    public string Who { get; } = $"{connection.Provider}/{model}";

    private string Address => address.GetLeftPart(UriPartial.Path);

    /// <param name="body">The beginning of the body.</param>
    public ProviderFailureException ForResponse(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        var said = ErrorBody.MessageOf(body) is { } message ? $" ({Clean(message)})" : "";
        if (ReportedContext.Says(status, body))
            return ReportedContext.Failure(Who, status, said);
        var (code, what, fix) = status switch
        {
            401 or 403 => ("provider.key", $"the key was refused{said}",
                $"Check the apiKey of '{connection.Provider}' in cairn.yaml and the variable or secret it names."),
            404 => ("provider.model", $"no such model or address{said}",
                $"Check the model's name and the baseUrl of '{connection.Provider}' in cairn.yaml ({Address})."),
            429 => ("provider.limited", $"too many requests, or the quota is used up{said}", "Wait, or name a second model in the route."),
            >= 300 and < 400 => ("provider.redirect", "answered with a redirect, and only configured addresses are called",
                $"Write the final address as the baseUrl of '{connection.Provider}' in cairn.yaml."),
            _ when LooksLikeHtml(body) => HtmlWords($" (status {status})"),
            529 => ("provider.overloaded", $"is overloaded{said}", "Try again later, or name a second model in the route."),
            408 or >= 500 => ("provider.failed", $"failed with status {status}{said}",
                "Try again later, or name a second model in the route."),
            _ => ("provider.refused", $"refused the request with status {status}{said}", "Change what the message names."),
        };
        return new(code, Who, what, fix)
        {
            Status = status,
            RetryAfter = ProviderStatus.RetryAfter(response.Headers, connection.Time.GetUtcNow()),
            Retry = ProviderStatus.RetryOf(status),
        };
    }

    public ProviderFailureException Html()
    {
        var (code, what, fix) = HtmlWords("");
        return Fail(code, what, fix);
    }

    /// <param name="type">The protocol's word for the kind of error; null when it gives none.</param>
    public ProviderFailureException InStream(string message, string? type = null) => Fail(
        type switch
        {
            "overloaded_error" => "provider.overloaded",
            "rate_limit_error" or "rate_limit_exceeded" => "provider.limited",
            "invalid_request_error" => "provider.refused",
            _ => "provider.failed",
        },
        $"reported an error: {Clean(message)}",
        "Try again later, or name a second model in the route.");

    public ProviderFailureException Closed(Exception? inner = null)
        => Fail("provider.closed", "the connection closed in the middle of the answer", $"See what the server at {Address} logs.", inner);

    public ProviderFailureException Empty()
        => Fail("provider.malformed", "gave an empty answer", $"See what the server at {Address} logs.");

    public ProviderFailureException TimedOut(string reason)
        => Fail("provider.timeout", reason,
            $"See whether the server at {Address} is busy, or raise the limits of '{connection.Provider}' in cairn.yaml.");

    /// <returns>null when the exception is none of a provider's (a bug, a caller who went away).</returns>
    public ProviderFailureException? For(Exception exception, bool began) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } e
            => Fail("provider.unreachable", $"the host {address.Host} is unknown",
                $"Check the baseUrl of '{connection.Provider}' in cairn.yaml.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } e
            => Fail("provider.unreachable", $"no secure connection to {address.Host}", "Check the server's certificate.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e
            => Fail("provider.unreachable", $"nothing answers at {address.Authority}",
                $"Start the server, or mend the baseUrl of '{connection.Provider}' in cairn.yaml.", e),
        OperationCanceledException e
            => Fail("provider.unreachable",
                FormattableString.Invariant(
                    $"no connection to {address.Authority} within {connection.Limits.Connect.TotalSeconds:0.###} s"),
                    $"Check the baseUrl of '{connection.Provider}' in cairn.yaml.", e),
        HttpRequestException or IOException when began => Closed(exception),
        HttpRequestException or IOException
            => Fail("provider.closed", "the connection closed before an answer", $"See what the server at {Address} logs.", exception),
        JsonException or InvalidDataException or FormatException
            => Fail("provider.malformed", "what came back is not what its kind sends",
                $"Check the kind and the baseUrl of '{connection.Provider}' in cairn.yaml ({Address}).", exception),
        _ => null,
    };

    public static bool LooksLikeHtml(string body) => body.AsSpan().TrimStart().StartsWith("<");

    private (string Code, string What, string Fix) HtmlWords(string detail)
        => ("provider.html", $"answered with a web page instead of a completion{detail}",
            $"Check the baseUrl of '{connection.Provider}' in cairn.yaml ({Address}): it usually ends in /v1.");

    private ProviderFailureException Fail(string code, string what, string fix, Exception? inner = null)
        => new(code, Who, what, fix, inner);

    /// <summary>A provider's own words on one line, without anything that could be a key.</summary>
    private string Clean(string message)
    {
        foreach (var secret in connection.Headers.Concat(connection.Options).Select(h => h.Value).Append(connection.ApiKey)
            .Where(s => s?.Length >= 8))
            message = message.Replace(secret!, "…", StringComparison.Ordinal);
        return Plain(message);
    }

    /// <summary>One short line without what looks like a key.</summary>
    public static string Plain(string message)
    {
        message = KeyLike().Replace(Unprintable().Replace(message, " "), "…").Trim();
        return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
    }

    [GeneratedRegex(@"\b(sk|pk|key|gsk|xai)[-_][A-Za-z0-9_*.\-]{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"[\p{C}\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
