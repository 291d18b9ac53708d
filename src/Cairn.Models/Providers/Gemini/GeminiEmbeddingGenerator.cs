using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Embeddings by <c>batchEmbedContents</c> (https://ai.google.dev/api/embeddings), on Vertex AI by <c>predict</c>.</summary>
internal sealed class GeminiEmbeddingGenerator(GeminiEndpoint endpoint) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        using var call = new ProviderCall(endpoint.Connection, endpoint.Root, endpoint.Model, cancellationToken);
        using var request = await endpoint.RequestAsync(endpoint.IsVertex ? "predict" : "batchEmbedContents", null, Body(texts, options),
            call.Token);
        using var response = await call.SendAsync(request);
        var body = await call.ReadWholeAsync(response);
        return call.Guard(() => Read(body, texts.Count));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Connections are shared by the provider's models.
    }

    private byte[] Body(List<string> texts, EmbeddingGenerationOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (endpoint.IsVertex)
                WriteInstances(json, texts, options);
            else
                WriteRequests(json, texts, options);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteRequests(Utf8JsonWriter json, List<string> texts, EmbeddingGenerationOptions? options)
    {
        json.WriteStartArray("requests");
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("model", $"models/{endpoint.Model}");
            json.WriteStartObject("content");
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            if (options?.Dimensions is { } dimensions)
                json.WriteNumber("outputDimensionality", dimensions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInstances(Utf8JsonWriter json, List<string> texts, EmbeddingGenerationOptions? options)
    {
        json.WriteStartArray("instances");
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("content", text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (options?.Dimensions is not { } dimensions)
            return;
        json.WriteStartObject("parameters");
        json.WriteNumber("outputDimensionality", dimensions);
        json.WriteEndObject();
    }

    private static GeneratedEmbeddings<Embedding<float>> Read(ReadOnlyMemory<byte> body, int count)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var (vectors, tokens) = root.TryGetProperty("predictions", out var predictions)
            ? (predictions.EnumerateArray().Select(p => p.GetProperty("embeddings")).ToList(), predictions.EnumerateArray().Sum(TokensOf))
            : (root.GetProperty("embeddings").EnumerateArray().ToList(), 0L);
        if (vectors.Count != count)
            throw new JsonException($"{vectors.Count} embeddings for {count} texts");
        var generated = new GeneratedEmbeddings<Embedding<float>>(vectors.Select(v => new Embedding<float>(v.GetProperty("values")
            .EnumerateArray().Select(n => n.GetSingle()).ToArray())));
        if (tokens > 0)
            generated.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return generated;
    }

    private static long TokensOf(JsonElement prediction)
        => prediction.GetProperty("embeddings").TryGetProperty("statistics", out var statistics)
            && statistics.TryGetProperty("token_count", out var tokens) ? (long)tokens.GetDouble() : 0;
}
