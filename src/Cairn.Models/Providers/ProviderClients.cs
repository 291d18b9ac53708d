using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// Opens the models of declared providers. References (keys) are resolved again once they are a second old, so that a changed key holds
/// soon and the hot path reads no file; connections are shared by all models at one address.
/// </summary>
internal sealed class ProviderClients : IUpstreams, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ISettings _settings;
    private readonly TimeProvider _time;
    private readonly ProviderTransport _transport;
    private readonly Dictionary<string, IProviderKind> _kinds;
    private readonly ConcurrentDictionary<string, OpenProvider> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ProviderConnections, bool> _retired = new();
    private volatile Dictionary<string, ProviderConnections> _declared;

    public ProviderClients(
        ModelsInForce models, ISettings settings, TimeProvider time, ProviderTransport transport, IEnumerable<IProviderKind> kinds)
    {
        (_settings, _time, _transport) = (settings, time, transport);
        _declared = models.Now.Providers.ToDictionary(p => p.Name, p => new ProviderConnections(p, transport), StringComparer.Ordinal);
        _kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);
    }

    public ProviderDeclaration? Find(string provider) => _declared.GetValueOrDefault(provider)?.Declaration;

    /// <summary>
    /// Declares other providers. Those that are declared as before keep their connections; of the others calls on their way keep them until
    /// they end.
    /// </summary>
    /// <returns>The names under which something else is declared now, or nothing.</returns>
    public IReadOnlySet<string> Replace(ModelsDeclaration models)
    {
        var before = _declared;
        var now = new Dictionary<string, ProviderConnections>(StringComparer.Ordinal);
        foreach (var provider in models.Providers)
            now[provider.Name] = before.GetValueOrDefault(provider.Name) is { } known && known.Declaration.IsSame(provider)
                ? known
                : new(provider, _transport);
        _declared = now;
        var changed = before.Where(b => now.GetValueOrDefault(b.Key) != b.Value).ToList();
        foreach (var (name, connections) in changed)
        {
            _open.TryRemove(name, out _);
            _retired[connections] = true;
            connections.Retire(_time, c => _retired.TryRemove(c, out _));
        }
        return changed.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Why the provider is not there, for people; empty when it is.</summary>
    public ImmutableArray<string> Missing(ProviderDeclaration provider)
    {
        var missing = provider.Missing(_settings);
        if (!missing.IsEmpty)
            return missing;
        try
        {
            _ = KindOf(provider).AddressOf(Resolve(provider).Connection);
            return [];
        }
        catch (ProviderFailureException e)
        {
            return [e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]];
        }
    }

    public IUpstream Open(ModelName model)
    {
        if (_open.TryGetValue(model.Provider, out var open) && _time.GetElapsedTime(open.Resolved) < Fresh)
            return open.Model(model.Model);
        var provider = Find(model.Provider)
            ?? throw new ProviderFailureException("provider.missing", model.ToString(), "no such provider", "Declare it in cairn.yaml.");
        return Resolve(provider).Model(model.Model);
    }

    public IProviderKind KindOf(ProviderDeclaration provider) => _kinds[provider.Kind];

    /// <exception cref="ProviderFailureException">Something that it refers to is not there.</exception>
    public ProviderConnection ConnectionOf(ProviderDeclaration provider) => Resolve(provider).Connection;

    /// <summary>Where a provider is; null when it has no address, or what it refers to is not there.</summary>
    public string? HostOf(string provider)
    {
        if (Find(provider) is not { } declared)
            return null;
        return Missing(declared).IsEmpty ? KindOf(declared).AddressOf(ConnectionOf(declared))?.Host
            : declared.BaseUrl is { HasReferences: false } written && Uri.TryCreate(written.Text, UriKind.Absolute, out var uri) ? uri.Host
            : null;
    }

    public void Dispose()
    {
        foreach (var connections in _declared.Values.Concat(_retired.Keys))
            connections.Dispose();
    }

    /// <summary>
    /// Cookies and redirects are off, so that only the configured address is ever called; loopback never goes through a proxy. No
    /// identifier of our traces goes out: it would be one more header to a stranger, and a span per call that nobody reads.
    /// </summary>
    public static HttpMessageHandler DefaultTransport(Uri baseUrl, TimeLimits limits) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        UseProxy = !baseUrl.IsLoopback,
        ConnectTimeout = limits.Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private OpenProvider Resolve(ProviderDeclaration provider)
    {
        if (provider.Missing(_settings) is { IsEmpty: false } missing)
            throw new ProviderFailureException("provider.missing", provider.Name, string.Join("; ", missing),
                $"Set what '{provider.Name}' in cairn.yaml refers to; `cairn doctor` lists it.");
        var connection = new ProviderConnection
        {
            Provider = provider.Name,
            BaseUrl = provider.BaseUrl?.Resolve(_settings),
            ApiKey = provider.ApiKey?.Resolve(_settings),
            Headers = Pairs(provider.Headers),
            Query = Pairs(provider.Query),
            Options = provider.Options.ToImmutableDictionary(o => o.Key, o => o.Value.Resolve(_settings)!),
            Script = provider.Script,
            Limits = provider.Limits,
            Time = _time,
            Http = HttpOf(provider),
        };
        var now = _time.GetTimestamp();
        if (_open.TryGetValue(provider.Name, out var open) && open.Connection.IsSame(connection) && open.Declaration.IsSame(provider))
        {
            open.Resolved = now;
            return open;
        }
        return _open[provider.Name] = new OpenProvider(KindOf(provider), provider, connection, now);
    }

    private ImmutableArray<KeyValuePair<string, string>> Pairs(ImmutableDictionary<string, Setting> settings)
        => [.. settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, s.Value.Resolve(_settings)!))];

    /// <summary>Through the connections of this very declaration, also where another one has taken its name meanwhile.</summary>
    private Func<Uri, HttpMessageInvoker> HttpOf(ProviderDeclaration provider)
        => _declared.GetValueOrDefault(provider.Name) is { } connections && connections.Declaration.IsSame(provider)
            ? connections.For
            : throw new ProviderFailureException(
                "provider.missing", provider.Name, "it was taken out of cairn.yaml, or changed there, a moment ago", "Call again.");
}
