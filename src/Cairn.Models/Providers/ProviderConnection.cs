using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>A declared provider with its references resolved. Never logged: it holds the key.</summary>
public sealed class ProviderConnection
{
    /// <summary>The provider's name in <c>cairn.yaml</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>As declared; null when left out.</summary>
    public string? BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The kind's own fields.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    public Script? Script { get; init; }

    public TimeLimits Limits { get; init; } = TimeLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Opens the connections to an address, which live as long as the provider is declared so, and after that until the calls on their way
    /// must have ended. Nothing is buffered, redirects are not followed, no cookie is kept. Only the declared address, and those that
    /// belong to its kind, are to be asked for.
    /// </summary>
    public required Func<Uri, HttpMessageInvoker> Http { get; init; }

    /// <returns>null when the declaration does not have the field.</returns>
    public string? Option(string name) => Options.GetValueOrDefault(name);

    /// <summary>The declared address, or the kind's usual one.</summary>
    /// <exception cref="ProviderFailureException">It is no address.</exception>
    public Uri Address(string? usual = null)
    {
        var text = BaseUrl ?? usual;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new ProviderFailureException("provider.missing", Provider, "its baseUrl is no address",
                $"Set what the baseUrl of '{Provider}' in cairn.yaml refers to.");
    }

    /// <summary>An address under <paramref name="root"/>, with the declared query.</summary>
    public Uri Resolve(Uri root, string path)
    {
        var query = string.Join('&', Query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));
        return new Uri(root.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + (query.Length == 0 ? "" : "?" + query));
    }

    public bool IsSame(ProviderConnection other)
        => (Provider, BaseUrl, ApiKey) == (other.Provider, other.BaseUrl, other.ApiKey)
            && Headers.SequenceEqual(other.Headers) && Query.SequenceEqual(other.Query)
            && Options.Count == other.Options.Count && Options.All(o => other.Options.GetValueOrDefault(o.Key) == o.Value);
}
