using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Writes the body of Converse and ConverseStream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
/// </summary>
internal static class BedrockRequest
{
    /// <param name="who">Named in errors: <c>provider/model</c>.</param>
    /// <exception cref="ProviderFailureException">Something that the protocol cannot say.</exception>
    public static byte[] Write(string who, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var said = messages.ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteSystem(json, said, options);
            WriteMessages(json, who, said);
            BedrockOptions.Write(json, who, options);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSystem(Utf8JsonWriter json, List<ChatMessage> messages, ChatOptions? options)
    {
        var texts = messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text).Prepend(options?.Instructions)
            .Where(t => !string.IsNullOrEmpty(t)).ToList();
        if (texts.Count == 0)
            return;
        json.WriteStartArray("system");
        foreach (var text in texts)
            WriteText(json, text!);
        json.WriteEndArray();
    }

    // Roles must alternate, so neighbours of one role (a tool's result and the user's next words) become one message.
    private static void WriteMessages(Utf8JsonWriter json, string who, List<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        string? open = null;
        foreach (var message in messages.Where(m => m.Role != ChatRole.System && m.Contents.Count > 0))
        {
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            if (role != open)
            {
                if (open is not null)
                    End(json);
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteStartArray("content");
                open = role;
            }
            foreach (var content in message.Contents)
                BedrockBlocks.Write(json, who, content);
        }
        if (open is not null)
            End(json);
        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
