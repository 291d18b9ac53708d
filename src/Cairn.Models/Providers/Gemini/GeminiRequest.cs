using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes the body of <c>generateContent</c> (https://ai.google.dev/api/generate-content).</summary>
internal static class GeminiRequest
{
    /// <summary>
    /// What Google documents for calls that another model made (https://ai.google.dev/gemini-api/docs/thought-signatures).
    /// </summary>
    private const string ForeignSignature = "skip_thought_signature_validator";

    /// <param name="who">Named in errors: <c>provider/model</c>.</param>
    /// <exception cref="ProviderFailureException">Something that the protocol cannot say.</exception>
    public static byte[] Write(string who, string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var said = messages.ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteInstructions(json, said, options);
            WriteContents(json, who, model, said);
            GeminiOptions.Write(json, who, options);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInstructions(Utf8JsonWriter json, List<ChatMessage> messages, ChatOptions? options)
    {
        var texts = messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text).Prepend(options?.Instructions)
            .Where(t => !string.IsNullOrEmpty(t)).ToList();
        if (texts.Count == 0)
            return;
        json.WriteStartObject("systemInstruction");
        json.WriteStartArray("parts");
        foreach (var text in texts)
            WriteText(json, text!);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter json, string who, string model, List<ChatMessage> messages)
    {
        // A result is told by its function's name; ids may come again in later turns, so the latest call counts.
        var calls = new Dictionary<string, string>(StringComparer.Ordinal);
        json.WriteStartArray("contents");
        foreach (var message in messages.Where(m => m.Role != ChatRole.System && m.Contents.Any(IsSent)))
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role == ChatRole.Assistant ? "model" : "user");
            json.WriteStartArray("parts");
            foreach (var content in message.Contents.Where(IsSent))
                WritePart(json, who, model, content, calls);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, string who, string model, AIContent content, Dictionary<string, string> calls)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(json, text.Text);
                break;
            case TextReasoningContent thought:
                WriteThought(json, thought);
                break;
            case DataContent data:
                json.WriteStartObject();
                json.WriteStartObject("inlineData");
                json.WriteString("mimeType", data.MediaType);
                json.WriteBase64String("data", data.Data.Span);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case UriContent uri:
                WriteFile(json, uri.MediaType, uri.Uri.AbsoluteUri);
                break;
            case FunctionCallContent call:
                WriteCall(json, model, call, calls);
                break;
            case FunctionResultContent result:
                WriteResult(json, who, result, calls);
                break;
            default:
                throw Unsupported.Content(who, content);
        }
    }

    // An empty text is refused by the service.
    private static bool IsSent(AIContent content) => content is not (UsageContent or TextContent { Text.Length: 0 });

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteThought(Utf8JsonWriter json, TextReasoningContent thought)
    {
        json.WriteStartObject();
        json.WriteString("text", thought.Text);
        json.WriteBoolean("thought", true);
        if (thought.ProtectedData is { } signature)
            json.WriteString("thoughtSignature", signature);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string mediaType, string address)
    {
        json.WriteStartObject();
        json.WriteStartObject("fileData");
        json.WriteString("mimeType", mediaType);
        json.WriteString("fileUri", address);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, string model, FunctionCallContent call, Dictionary<string, string> calls)
    {
        calls[call.CallId] = call.Name;
        json.WriteStartObject();
        json.WriteStartObject("functionCall");
        json.WriteString("name", call.Name);
        json.WritePropertyName("args");
        JsonValues.WriteObject(json, call.Arguments);
        json.WriteEndObject();
        if (call.AdditionalProperties?.TryGetValue(GeminiReply.Signature, out var signature) == true && signature is string own)
            json.WriteString("thoughtSignature", own);
        else if (model.StartsWith("gemini-3", StringComparison.Ordinal))
            json.WriteString("thoughtSignature", ForeignSignature);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, string who, FunctionResultContent result, Dictionary<string, string> calls)
    {
        if (!calls.TryGetValue(result.CallId, out var name))
            throw Unsupported.Value(who, "tool_call_id",
                $"'{result.CallId}' answers no tool call of the conversation, and Gemini wants the function's name");
        json.WriteStartObject();
        json.WriteStartObject("functionResponse");
        json.WriteString("name", name);
        json.WriteStartObject("response");
        json.WritePropertyName(result.Exception is null ? "output" : "error");
        JsonValues.Write(json, result.Exception?.Message
            ?? (result.Result is IEnumerable<AIContent> parts ? TextOf(who, parts) : result.Result));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TextOf(string who, IEnumerable<AIContent> parts)
        => string.Concat(parts.Select(p => p is TextContent text
            ? text.Text
            : throw Unsupported.Value(who, "messages", "a tool's result that is not text")));
}
