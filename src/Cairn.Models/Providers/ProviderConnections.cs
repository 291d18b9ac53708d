using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Cairn.Models;

/// <summary>The open connections to the addresses of one provider, as long as it is declared so.</summary>
internal sealed class ProviderConnections(ProviderDeclaration declaration, ProviderTransport transport) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _http = new(StringComparer.Ordinal);
    private ITimer? _end;

    public ProviderDeclaration Declaration => declaration;

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler and is disposed with this object.")]
    public HttpMessageInvoker For(Uri address)
    {
        var authority = address.GetLeftPart(UriPartial.Authority);
        return _http.GetOrAdd(authority, _ => new(() => new HttpMessageInvoker(transport(address, declaration.Limits)))).Value;
    }

    /// <summary>Nobody begins a call here any more: closes the connections once the longest that has begun must have ended.</summary>
    public void Retire(TimeProvider time, Action<ProviderConnections> ended)
        => _end = time.CreateTimer(
            _ =>
            {
                Dispose();
                ended(this);
            },
            null, Longest + Margin, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _end?.Dispose();
        foreach (var http in _http.Values.Where(h => h.IsValueCreated))
            http.Value.Dispose();
    }

    /// <summary>Each try of an answer that is to follow a schema has the time for all of it.</summary>
    private TimeSpan Longest => declaration.Limits.Total * (1 + StructuredUpstreams.MaxRepairs);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
}
