using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>The provider's side of embeddings (https://platform.openai.com/docs/api-reference/embeddings).</summary>
internal static class OpenAiEmbeddingsWire
{
    public static byte[] WriteRequest(string model, IReadOnlyList<string> texts, int? dimensions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("input");
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("encoding_format", "base64");
            if (dimensions is { } length)
                json.WriteNumber("dimensions", length);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Rows may come in any order and as numbers or base 64, whichever the server likes.</summary>
    /// <exception cref="JsonException">Not one embedding per text.</exception>
    public static GeneratedEmbeddings<Embedding<float>> ReadResponse(ReadOnlyMemory<byte> body, int count)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var found = new Embedding<float>?[count];
        var position = 0;
        foreach (var row in root.Items("data"))
        {
            var index = row.Count("index") ?? position;
            position++;
            if (index < 0 || index >= count || found[index] is not null)
                throw new JsonException($"an embedding for text {index} of {count}, which is not one that is missing");
            found[index] = new Embedding<float>(ReadVector(row)) { ModelId = root.Text("model") };
        }
        if (Array.FindIndex(found, f => f is null) is >= 0 and var missing)
            throw new JsonException($"no embedding for text {missing} of {count}");
        return new(found!)
        {
            Usage = root.Child("usage") is { } usage
                ? new() { InputTokenCount = usage.Count("prompt_tokens"), TotalTokenCount = usage.Count("total_tokens") }
                : null,
        };
    }

    private static float[] ReadVector(JsonElement row)
    {
        if (row.Text("embedding") is { } base64)
        {
            var bytes = Convert.FromBase64String(base64);
            if (bytes.Length % sizeof(float) != 0)
                throw new JsonException("an embedding of half a number");
            var vector = new float[bytes.Length / sizeof(float)];
            for (var i = 0; i < vector.Length; i++)
                vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            return vector;
        }
        var numbers = row.Items("embedding")
            .Select(n => n.ValueKind == JsonValueKind.Number
                ? n.GetSingle()
                : throw new JsonException("an embedding holds something that is no number")).ToArray();
        return numbers.Length > 0 ? numbers : throw new JsonException("an embedding without numbers");
    }
}
