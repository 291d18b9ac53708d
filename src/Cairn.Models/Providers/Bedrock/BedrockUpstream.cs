using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A model on Bedrock. Embeddings there have a body of their own for every family of models, and are not offered.</summary>
internal sealed class BedrockUpstream(ModelName name, ProviderConnection connection, Uri root) : IUpstream
{
    public ModelName Name => name;

    public IChatClient Chat { get; } = new BedrockChatClient(connection, root, name);

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    public bool Speaks(WireProtocol protocol) => false;

    public Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
        => throw new InvalidOperationException($"{name} does not speak {protocol}.");
}
