using System.Buffers;
using System.Text;

namespace Cairn.Models;

/// <summary>Turns a provider's answer that is no reply into a <see cref="ProviderFailureException"/>.</summary>
internal static class UpstreamStatus
{
    private const int LongestBody = 64 * 1024;

    public static async Task<ProviderFailureException> ReadAsync(
        Target target, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LongestBody);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, LongestBody), LongestBody, throwOnEndOfStream: false,
                cancellationToken);
            return Of(target, response, buffer.AsSpan(0, length), time);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A web page instead of a reply: a proxy's error, or the wrong address.</summary>
    public static ProviderFailureException Html(Target target, int status)
        => new("provider.html", target.Text, $"answered with a web page (status {status})",
            $"Check the baseUrl of '{target.Name.Provider}' in cairn.yaml, and any proxy before it.")
        {
            Status = status,
            Retry = status is 502 or 503 or 504 ? RetryScope.Again : RetryScope.Elsewhere,
        };

    private static ProviderFailureException Of(Target target, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var message = ErrorBody.MessageOf(Encoding.UTF8.GetString(body));
        // A provider's word on a key may quote it.
        var said = message is null || status is 401 or 403 ? "" : $" ({ProviderFailures.Plain(message)})";
        if (ReportedContext.Says(status, Encoding.UTF8.GetString(body)))
            return ReportedContext.Failure(target.Text, status, said);
        var provider = target.Name.Provider;
        var (ours, what, fix) = status switch
        {
            401 or 403 => ("provider.key", "the key was refused",
                $"Check the apiKey of '{provider}' in cairn.yaml and the variable or secret it names."),
            404 => ("provider.model", $"no such model or address{said}",
                $"Check the model's name and the baseUrl of '{provider}' in cairn.yaml."),
            429 => ("provider.limited", $"too many requests, or the quota is used up{said}", "Wait, or name a second model in the route."),
            503 or 529 => ("provider.overloaded", $"is overloaded (status {status}){said}",
                "Try again later, or name a second model in the route."),
            >= 300 and < 400 => ("provider.redirect", "answered with a redirect, and only configured addresses are called",
                $"Write the final address as the baseUrl of '{provider}' in cairn.yaml."),
            _ when LooksLikeHtml(body) => ("provider.html", "", ""),
            >= 400 and < 500 and not 408 and not 409 => ("provider.refused", $"refused the request (status {status}){said}",
                "Change the request as the provider says."),
            _ => ("provider.failed", $"failed with status {status}{said}", "Try again later, or name a second model in the route."),
        };
        if (ours == "provider.html")
            return Html(target, status);
        return new ProviderFailureException(ours, target.Text, what, fix)
        {
            Status = status,
            RetryAfter = ProviderStatus.RetryAfter(response.Headers, time.GetUtcNow()),
            Retry = ProviderStatus.RetryOf(status),
        };
    }

    public static bool LooksLikeHtml(ReadOnlySpan<byte> body) => body.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8);
}
