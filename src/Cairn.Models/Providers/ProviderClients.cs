using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Makes the client of a provider's model. Keys are resolved at each call, HTTP connections are shared by a provider's models.</summary>
internal sealed class ProviderClients(ModelsDeclaration models, ISettings settings, TimeProvider time, ProviderTransport transport) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpClient> _http = new(StringComparer.Ordinal);

    public ProviderDeclaration? Find(string provider) => models.Providers.FirstOrDefault(p => p.Name == provider);

    /// <summary>Why the provider is not there; empty when it is.</summary>
    public ImmutableArray<string> Missing(ProviderDeclaration provider)
    {
        var missing = (provider.ApiKey?.Missing(settings) ?? []).AddRange(provider.BaseUrl?.Missing(settings) ?? []);
        return missing.IsEmpty && provider.Kind == ProviderKind.OpenAi && Address(provider) is null ? ["its baseUrl is no address"] : missing;
    }

    /// <exception cref="ProviderFailureException">The provider is not there.</exception>
    public IChatClient Open(ProviderDeclaration provider, string model)
    {
        if (provider.Kind == ProviderKind.Scripted)
            return new ScriptedChatClient(provider.Name, model, provider.Script!, provider.Limits, time);
        if (Missing(provider) is { IsEmpty: false } missing)
            throw new ProviderFailureException("provider.missing", provider.Name, string.Join("; ", missing), $"Set what '{provider.Name}' in cairn.yaml refers to; `cairn doctor` lists it.");
        var options = new OpenAiOptions
        {
            Provider = provider.Name,
            BaseUrl = Address(provider)!,
            ApiKey = provider.ApiKey?.Resolve(settings),
            Limits = provider.Limits,
        };
        return new OpenAiChatClient(HttpFor(provider), options, model, time);
    }

    /// <summary>Only for a provider that is there.</summary>
    public Uri AddressOf(ProviderDeclaration provider) => Address(provider)!;

    /// <summary>Where a provider is; null when it has no address.</summary>
    public string? HostOf(string provider) => Find(provider) is { } declared ? Address(declared)?.Host : null;

    public HttpClient HttpFor(ProviderDeclaration provider) => _http.GetOrAdd(AddressOf(provider).AbsoluteUri, MakeHttp, provider);

    public void Dispose()
    {
        foreach (var client in _http.Values)
            client.Dispose();
    }

    /// <summary>Cookies and redirects are off, so that only the configured address is ever called; loopback never goes through a proxy.</summary>
    public static HttpMessageHandler DefaultTransport(Uri baseUrl, TimeLimits limits) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !baseUrl.IsLoopback,
        ConnectTimeout = limits.Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler and is disposed with this object.")]
    private HttpClient MakeHttp(string address, ProviderDeclaration provider)
        => new(transport(new Uri(address), provider.Limits)) { Timeout = Timeout.InfiniteTimeSpan };

    private Uri? Address(ProviderDeclaration provider)
        => Uri.TryCreate(provider.BaseUrl?.Resolve(settings), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;
}
