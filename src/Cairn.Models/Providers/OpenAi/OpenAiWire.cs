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
        var chunk = new OpenAiChunk { Error = ReadError(root) };
        if (root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0] is { ValueKind: JsonValueKind.Object } choice)
        {
            var delta = Child(choice, "delta") ?? Child(choice, "message");
            chunk = chunk with
            {
                Text = delta is { } d ? Text(d, "content") : null,
                Thinks = delta is { } t && !string.IsNullOrEmpty(Text(t, "reasoning_content") ?? Text(t, "reasoning")),
                FinishReason = Text(choice, "finish_reason"),
            };
        }
        if (Child(root, "usage") is { } usage)
            chunk = chunk with { InputTokens = Count(usage, "prompt_tokens"), OutputTokens = Count(usage, "completion_tokens") };
        return chunk;
    }

    /// <summary>The message of an error body: <c>{"error": {"message"}}</c>, or <c>{"error": "text"}</c> as some servers write it.</summary>
    public static string? ReadErrorBody(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadError(document.RootElement) ?? Text(document.RootElement, "message") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ReadError(JsonElement root)
    {
        if (!root.TryGetProperty("error", out var error))
            return null;
        return error.ValueKind switch
        {
            JsonValueKind.String => error.GetString(),
            JsonValueKind.Object => Text(error, "message") ?? Text(error, "type") ?? "an error without a message",
            _ => null,
        };
    }

    private static JsonElement? Child(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;

    private static string? Text(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.String ? child.GetString() : null;

    private static int? Count(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Number && child.TryGetInt32(out var count) ? count : null;
}
