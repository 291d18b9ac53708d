using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Embeddings as callers speak them (https://platform.openai.com/docs/api-reference/embeddings).</summary>
internal sealed class OpenAiEmbeddingsFormat : IEmbeddingsFormat
{
    public WireProtocol Protocol => WireProtocol.OpenAiEmbeddings;

    public EmbeddingsCall ReadCall(ReadOnlyMemory<byte> body)
    {
        using var document = RequestErrors.Parse(body);
        var root = document.RootElement;
        return new()
        {
            Model = RequestErrors.Text(root, "model", ""),
            Texts = ReadTexts(root),
            Dimensions = RequestErrors.Whole(root, "dimensions"),
            Base64 = RequestErrors.OptionalText(root, "encoding_format", "") switch
            {
                null or "float" => false,
                "base64" => true,
                _ => throw RequestErrors.Invalid("encoding_format", "float or base64"),
            },
        };
    }

    public void WriteResponse(
        EmbeddingsCall call, GeneratedEmbeddings<Embedding<float>> embeddings, string model,
        IBufferWriter<byte> output) => WireJson.Write(output, json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < embeddings.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            json.WritePropertyName("embedding");
            WriteVector(json, embeddings[i].Vector.Span, call.Base64);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", embeddings.Usage?.InputTokenCount ?? 0);
        json.WriteNumber("total_tokens", embeddings.Usage?.TotalTokenCount ?? embeddings.Usage?.InputTokenCount ?? 0);
        json.WriteEndObject();
    });

    public int WriteError(CairnException error, IBufferWriter<byte> output) => OpenAiErrors.Write(error, output);

    public void WriteErrorEvent(CairnException error, IBufferWriter<byte> output)
        => throw new NotSupportedException("embeddings are not streamed");

    private static ImmutableArray<string> ReadTexts(JsonElement root)
    {
        if (root.Value("input") is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().Any(i => i.ValueKind is JsonValueKind.Number or JsonValueKind.Array))
            throw RequestErrors.Unsupported("input", "holds tokens, which belong to one model alone; send texts");
        return RequestErrors.Texts(root, "input") is { Count: > 0 } texts ? [.. texts] : throw RequestErrors.Missing("input");
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool base64)
    {
        if (base64)
        {
            var bytes = new byte[vector.Length * sizeof(float)];
            for (var i = 0; i < vector.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            json.WriteBase64StringValue(bytes);
            return;
        }
        json.WriteStartArray();
        foreach (var number in vector)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
