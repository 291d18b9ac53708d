using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>It speaks no protocol of its own, so that whatever is asked of it goes through the translators.</summary>
internal sealed class ScriptedUpstream(ProviderConnection connection, string model) : IUpstream
{
    public ModelName Name { get; } = new(connection.Provider, model);

    public IChatClient Chat { get; } = new ScriptedChatClient(connection.Provider, model, connection.Script!, connection.Limits,
        connection.Time);

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; } = connection.Script!.Dimensions is > 0 and var length
        ? new ScriptedEmbeddings(length)
        : null;

    public bool Speaks(WireProtocol protocol) => false;

    public Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
        => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "not spoken here");
}
