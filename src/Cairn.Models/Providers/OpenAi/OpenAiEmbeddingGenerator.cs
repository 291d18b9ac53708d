using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Embeddings of one model (https://platform.openai.com/docs/api-reference/embeddings/create), sent as base 64 where the server does so.
/// </summary>
internal sealed class OpenAiEmbeddingGenerator(ProviderConnection connection, Uri address, string model)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        using var call = new ProviderCall(connection, address, model, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = ProviderCall.Json(
            OpenAiEmbeddingsWire.WriteRequest(model, texts, options?.Dimensions)) };
        OpenAiKind.Authorize(request, connection);
        using var response = await call.SendAsync(request);
        var body = await call.ReadWholeAsync(response);
        return call.Guard(() => OpenAiEmbeddingsWire.ReadResponse(body, texts.Count));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata)
                ? new EmbeddingGeneratorMetadata(connection.Provider, address, model)
            : null;

    public void Dispose()
    {
        // Connections are shared by the provider's models.
    }
}
