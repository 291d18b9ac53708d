using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// Writes every exchange of a provider into a recording when its body is read to the end or left. Only headers of
/// <see cref="KeptHeaders"/> are kept, of the request none, and the secrets given are cut out of bodies and addresses.
/// </summary>
internal sealed class RecordingHandler(HttpMessageInvoker inner, Uri baseUrl, RecordingFile file, ImmutableArray<string> secrets)
    : HttpMessageHandler
{
    public static readonly ImmutableHashSet<string> KeptHeaders = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "content-type", "retry-after", "retry-after-ms", "x-should-retry", "request-id", "x-request-id",
        "x-ratelimit-limit-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens",
        "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var response = await inner.SendAsync(request, cancellationToken);
        var recorded = new RecordedRequest(request.Method.Method, Clean(Below(baseUrl, request.RequestUri!)), ReadJson(body));
        var status = new RecordedResponse
        {
            Status = (int)response.StatusCode,
            Headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .Where(h => KeptHeaders.Contains(h.Key))
                .ToImmutableSortedDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString(), StringComparer.Ordinal),
        };
        var content = new StreamContent(new TeeStream(
            await response.Content.ReadAsStreamAsync(cancellationToken),
            (bytes, whole) => file.Append(new() { Request = recorded, Response = Clean((status with { Cut = !whole }).WithBody(bytes)) })));
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            content.Headers.TryAddWithoutValidation(name, values);
        response.Content = content;
        return response;
    }

    /// <summary>Path and query of an address below another, so that a recording plays at any address.</summary>
    public static string Below(Uri baseUrl, Uri address)
    {
        var root = baseUrl.AbsolutePath.TrimEnd('/');
        var path = address.PathAndQuery;
        return path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
    }

    private JsonElement? ReadJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(Clean(System.Text.Encoding.UTF8.GetString(body)));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Bytes that are no text are looked through as they are; a body that quotes a secret there is left out.
    private RecordedResponse Clean(RecordedResponse response) => response with
    {
        Text = response.Text is null ? null : Clean(response.Text),
        Bytes = response.Bytes is { } bytes && secrets.Any(s => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(s)) >= 0)
            ? []
            : response.Bytes,
    };

    private string Clean(string text)
        => secrets.Aggregate(text, (cleaned, secret) => cleaned.Replace(secret, "REMOVED", StringComparison.Ordinal));
}
