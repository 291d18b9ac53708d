using Microsoft.Extensions.AI;

namespace Cairn.Models;

internal sealed class GeminiUpstream(ModelName name, GeminiEndpoint endpoint) : IUpstream
{
    public ModelName Name => name;

    public IChatClient Chat { get; } = new GeminiChatClient(endpoint);

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; } = new GeminiEmbeddingGenerator(endpoint);

    public bool Speaks(WireProtocol protocol) => false;

    public Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
        => throw new InvalidOperationException($"{name} does not speak {protocol}.");
}
