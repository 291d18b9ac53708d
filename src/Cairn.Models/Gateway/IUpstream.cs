using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// One model of one provider, ready to be called. It makes one attempt: retries, limits, budgets and fallback are the gateway's.
/// </summary>
public interface IUpstream
{
    ModelName Name { get; }

    /// <summary>Whether bodies of this protocol pass through unchanged.</summary>
    bool Speaks(WireProtocol protocol);

    /// <summary>
    /// Sends a body of a protocol that it <see cref="Speaks"/>; the body already names this model. The provider's address, key and headers
    /// are added here; a caller's own header that is to reach the provider (<c>anthropic-beta</c>) rides on the body's headers. Returns
    /// when the headers are there, whatever the status.
    /// </summary>
    /// <exception cref="ProviderFailureException">Nothing came back: unreachable, no key.</exception>
    Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken);

    /// <summary>
    /// The model for a caller of another protocol. What the provider cannot do throws <see cref="ProviderFailureException"/> that names the
    /// parameter.
    /// </summary>
    IChatClient Chat { get; }

    /// <summary>null when the provider makes no embeddings.</summary>
    IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; }
}
