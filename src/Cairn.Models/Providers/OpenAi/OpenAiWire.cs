using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>The wire format of chat completions (https://platform.openai.com/docs/api-reference/chat).</summary>
internal static class OpenAiWire
{
    public static byte[] WriteRequest(string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("messages");
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteString("content", message.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            WriteOptions(json, options);
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options?.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options?.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (options?.MaxOutputTokens is { } most)
            json.WriteNumber("max_tokens", most);
        if (options?.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
    }

    /// <summary>Reads a chunk of a stream, or a whole completion from a server that does not stream.</summary>
    /// <exception cref="JsonException">Not JSON, or not an object.</exception>
    public static OpenAiChunk ReadChunk(string data)
    {
        using var document = JsonDocument.Parse(data);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("a chunk should be an object");
        var chunk = new OpenAiChunk { Error = ErrorBody.MessageOf(root) };
        if (root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0] is { ValueKind: JsonValueKind.Object } choice)
        {
            var delta = choice.Child("delta") ?? choice.Child("message");
            chunk = chunk with
            {
                Text = delta is { } d ? d.Text("content") : null,
                Thinks = delta is { } t && !string.IsNullOrEmpty(t.Text("reasoning_content") ?? t.Text("reasoning")),
                FinishReason = choice.Text("finish_reason"),
            };
        }
        if (root.Child("usage") is { } usage)
            chunk = chunk with { InputTokens = (int?)usage.Count("prompt_tokens"), OutputTokens = (int?)usage.Count("completion_tokens") };
        return chunk;
    }
}
