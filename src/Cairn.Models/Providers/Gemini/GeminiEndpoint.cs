using System.Net.Http.Headers;

namespace Cairn.Models;

/// <summary>
/// One model's methods (<c>models/NAME:generateContent</c> …) with what admits the caller: a key, or a service account's token.
/// </summary>
internal sealed class GeminiEndpoint(ProviderConnection connection, Uri root, string model)
{
    private readonly GoogleToken? _token = connection.Option(GeminiKind.ServiceAccount) is { } account
        ? new GoogleToken(connection, account)
        : null;

    public ProviderConnection Connection => connection;

    public Uri Root => root;

    public string Model => model;

    public string Who => $"{connection.Provider}/{model}";

    public bool IsVertex => _token is not null;

    /// <param name="method"><c>generateContent</c> …</param>
    /// <param name="query">Without the question mark.</param>
    public async Task<HttpRequestMessage> RequestAsync(string method, string? query, byte[] body, CancellationToken cancellationToken)
    {
        var address = connection.Resolve(root, $"/models/{Uri.EscapeDataString(model)}:{method}");
        if (query is not null)
            address = new Uri(address.AbsoluteUri + (address.Query.Length == 0 ? "?" : "&") + query);
        var token = _token is null ? null : await _token.GetAsync(cancellationToken);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = ProviderCall.Json(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        else if (connection.ApiKey is not null)
            request.Headers.TryAddWithoutValidation("x-goog-api-key", connection.ApiKey);
        return request;
    }
}
