using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html) of one request whose body is in
/// memory. It signs <c>host</c>, <c>x-amz-date</c>, <c>x-amz-security-token</c> and every header that the request has when it is signed.
/// </summary>
internal sealed class AwsSigner(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds <c>x-amz-date</c>, <c>x-amz-security-token</c> when there is one, and <c>Authorization</c>.</summary>
    /// <param name="at">The provider refuses signatures that are five minutes off.</param>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsCredentials credentials, DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-amz-date", time);
        if (credentials.SessionToken is not null)
            request.Headers.TryAddWithoutValidation("x-amz-security-token", credentials.SessionToken);
        var headers = HeadersOf(request);
        var names = string.Join(';', headers.Keys);
        var canonical = $"{request.Method}\n{PathOf(request.RequestUri!)}\n{QueryOf(request.RequestUri!)}\n"
            + string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n")) + $"\n{names}\n{Hex(SHA256.HashData(body))}";
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { time[..8], region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey),
            Hmac);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(Hmac(key, toSign))}");
    }

    /// <summary>
    /// A path segment as the provider wants it: everything but letters, digits and <c>-._~</c> as percent and two capitals.
    /// </summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    private static SortedDictionary<string, string> HeadersOf(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.Headers.Host
            ?? request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default))
            headers[name.ToLowerInvariant()] = string.Join(',',
                values.Select(v => string.Join(' ', v.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        return headers;
    }

    // Outside of S3 every segment of the path is encoded once more than it was for the request line.
    private static string PathOf(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(Encode));

    private static string QueryOf(Uri address)
        => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Select(p => (Name: Encode(Uri.UnescapeDataString(p[0])), Value: p.Length == 2 ? Encode(Uri.UnescapeDataString(p[1])) : ""))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}"));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
