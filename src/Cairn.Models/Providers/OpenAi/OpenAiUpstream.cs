using Microsoft.Extensions.AI;

namespace Cairn.Models;

internal sealed class OpenAiUpstream : IUpstream
{
    private readonly ProviderConnection _connection;
    private readonly HttpMessageInvoker _http;
    private readonly OpenAiDialect _dialect;
    private readonly ProviderFailures _failures;
    private readonly Uri _chat;
    private readonly Uri _responses;
    private readonly Uri _embeddings;

    public OpenAiUpstream(ProviderConnection connection, Uri address, string model, OpenAiDialect dialect)
    {
        (_connection, _dialect) = (connection, dialect);
        Name = new(connection.Provider, model);
        _http = connection.Http(address);
        _failures = new(connection, address, model);
        _chat = connection.Resolve(address, "/chat/completions");
        _responses = connection.Resolve(address, "/responses");
        _embeddings = connection.Resolve(address, "/embeddings");
        Chat = new OpenAiChatClient(connection, _chat, model, dialect);
        Embeddings = new OpenAiEmbeddingGenerator(connection, _embeddings, model);
    }

    public ModelName Name { get; }

    public IChatClient Chat { get; }

    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; }

    public bool Speaks(WireProtocol protocol)
        => protocol is WireProtocol.OpenAiChat or WireProtocol.OpenAiEmbeddings
            || (protocol is WireProtocol.OpenAiResponses && _dialect.Responses);

    public async Task<HttpResponseMessage> SendAsync(WireProtocol protocol, HttpContent body, CancellationToken cancellationToken)
    {
        var address = protocol switch
        {
            WireProtocol.OpenAiChat => _chat,
            WireProtocol.OpenAiEmbeddings => _embeddings,
            WireProtocol.OpenAiResponses when _dialect.Responses => _responses,
            _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "not spoken here"),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        OpenAiKind.Authorize(request, _connection);
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
