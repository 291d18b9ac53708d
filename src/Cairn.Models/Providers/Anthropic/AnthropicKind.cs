using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Models;

/// <summary>Anthropic, and whoever serves its messages (https://docs.anthropic.com/en/api/messages).</summary>
internal sealed class AnthropicKind : IProviderKind
{
    private const string Usual = "https://api.anthropic.com";
    private const string Version = "2023-06-01";
    private const int UsualMost = 4096;

    /// <summary>Output tokens where the caller sets no limit: Anthropic wants one with every request.</summary>
    private const string MaxTokens = "maxTokens";

    public string Name => "anthropic";

    public ImmutableArray<ProviderField> Fields { get; } =
        [ProviderField.BaseUrl, ProviderField.ApiKey, ProviderField.Headers, ProviderField.Query, new(MaxTokens, ProviderFieldForm.Whole)];

    public Uri? AddressOf(ProviderConnection connection) => Root(connection);

    public IUpstream Open(ProviderConnection connection, string model)
    {
        var most = connection.Option(MaxTokens) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : UsualMost;
        return new AnthropicUpstream(connection, Root(connection), model, most);
    }

    public HttpRequestMessage? Probe(ProviderConnection connection)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, connection.Resolve(Root(connection), "/models"));
        Authorize(request, connection);
        return request;
    }

    public static void Authorize(HttpRequestMessage request, ProviderConnection connection)
    {
        if (connection.ApiKey is not null)
            request.Headers.Add("x-api-key", connection.ApiKey);
        // A caller's own version rides on the body's headers, one of the workspace's file on the connection.
        if (request.Content?.Headers.Contains("anthropic-version") != true
            && !connection.Headers.Any(h => h.Key.Equals("anthropic-version", StringComparison.OrdinalIgnoreCase)))
            request.Headers.Add("anthropic-version", Version);
    }

    // Both forms are in use: Anthropic's own clients leave /v1 to be added, Vercel's do not.
    private static Uri Root(ProviderConnection connection)
    {
        var address = connection.Address(Usual);
        var path = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return path.EndsWith("/v1", StringComparison.Ordinal) ? address : new Uri(path + "/v1");
    }
}
