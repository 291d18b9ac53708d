using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>
/// One way of serving models: what <c>kind:</c> in <c>cairn.yaml</c> names. A kind has no state of its own; it can be built outside this
/// module (docs/extending.md) and is handed to the host with the built-in ones.
/// </summary>
public interface IProviderKind
{
    /// <summary>As in <c>kind:</c>: small letters, digits and dashes.</summary>
    string Name { get; }

    /// <summary>
    /// What a declaration of this kind may say beside <c>kind</c> and <c>limits</c>. Anything else is an error with its line.
    /// </summary>
    ImmutableArray<ProviderField> Fields { get; }

    /// <summary>Where it calls, for people and for the connection pool; null when it calls nowhere.</summary>
    /// <exception cref="ProviderFailureException">The declared address is none.</exception>
    Uri? AddressOf(ProviderConnection connection);

    /// <summary>One model, ready to be called. Costs no call, and is kept while the connection's settings stay the same.</summary>
    IUpstream Open(ProviderConnection connection, string model);

    /// <summary>A request that costs nothing and shows whether the address answers and takes the key; null when there is none.</summary>
    HttpRequestMessage? Probe(ProviderConnection connection) => null;
}
