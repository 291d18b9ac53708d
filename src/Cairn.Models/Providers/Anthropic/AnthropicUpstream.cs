using Microsoft.Extensions.AI;

namespace Cairn.Models;

internal sealed class AnthropicUpstream : IUpstream
{
    private readonly ProviderConnection _connection;
    private readonly HttpMessageInvoker _http;
    private readonly ProviderFailures _failures;
    private readonly Uri _messages;
    private readonly Uri _count;

    public AnthropicUpstream(ProviderConnection connection, Uri root, string model, int most)
    {
        _connection = connection;
        Name = new(connection.Provider, model);
        _http = connection.Http(root);
        _failures = new(connection, root, model);
        _messages = connection.Resolve(root, "/messages");
        _count = connection.Resolve(root, "/messages/count_tokens");
        Chat = new AnthropicChatClient(connection, _messages, model, most);
    }

    public ModelName Name { get; }

    public IChatClient Chat { get; }

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    public bool Speaks(WireProtocol protocol) => protocol is WireProtocol.AnthropicMessages or WireProtocol.AnthropicCountTokens;

    public async Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
    {
        var address = protocol switch
        {
            WireProtocol.AnthropicMessages => _messages,
            WireProtocol.AnthropicCountTokens => _count,
            _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "not spoken here"),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        AnthropicKind.Authorize(request, _connection);
        foreach (var (name, value) in _connection.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && _failures.For(e, began: false) is { } failure)
        {
            throw failure;
        }
    }
}
