using Cairn.Models;
using Microsoft.Extensions.AI;

namespace Parrot;

/// <summary>One model. It speaks none of the protocols that callers do, so Cairn translates by way of <see cref="Chat"/>.</summary>
internal sealed class ParrotUpstream(ProviderConnection connection, string model) : IUpstream
{
    public ModelName Name { get; } = new(connection.Provider, model);

    public IChatClient Chat { get; } = new ParrotChatClient(connection, model);

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    public bool Speaks(WireProtocol protocol) => false;

    public Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
        => throw new NotSupportedException("Only asked for a protocol that it speaks.");
}
