using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Chat completions as callers speak them (https://platform.openai.com/docs/api-reference/chat).</summary>
internal sealed class OpenAiChatFormat(IIdentifiers identifiers, TimeProvider time) : IChatFormat
{
    public WireProtocol Protocol => WireProtocol.OpenAiChat;

    public ChatCall ReadCall(ReadOnlyMemory<byte> body)
    {
        using var document = RequestErrors.Parse(body);
        return OpenAiChatRequest.Read(document.RootElement);
    }

    public void WriteResponse(ChatCall call, ChatResponse response, string model, IBufferWriter<byte> output)
    {
        var parts = new ReplyParts(response);
        WireJson.Write(output, json =>
        {
            WriteHead(json, "chat.completion", response.ResponseId ?? NewId(), response.CreatedAt ?? time.GetUtcNow(), model);
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteNumber("index", 0);
            WriteMessage(json, parts);
            json.WritePropertyName("logprobs");
            JsonValues.Write(json, parts.Logprobs);
            json.WriteString("finish_reason", FinishReasons.OpenAi(response.FinishReason, parts.Calls.Count > 0));
            json.WriteEndObject();
            json.WriteEndArray();
            if (response.Usage is { } usage)
                OpenAiUsage.WriteChat(json, usage);
        });
    }

    public IChatEventWriter WriteStream(ChatCall call, string model)
        => new OpenAiChatEventWriter(NewId(), time.GetUtcNow(), model, call.StreamUsage);

    public int WriteError(CairnException error, IBufferWriter<byte> output) => OpenAiErrors.Write(error, output);

    public void WriteErrorEvent(CairnException error, IBufferWriter<byte> output)
        => WireJson.WriteEvent(output, null, json => OpenAiErrors.WriteError(json, error));

    public static void WriteHead(Utf8JsonWriter json, string kind, string id, DateTimeOffset created, string model)
    {
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created.ToUnixTimeSeconds());
        json.WriteString("model", model);
    }

    public static void WriteCall(Utf8JsonWriter json, FunctionCallContent call, int? index)
    {
        json.WriteStartObject();
        if (index is { } i)
            json.WriteNumber("index", i);
        json.WriteString("id", call.CallId);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", WireJson.Arguments(call));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ReplyParts parts)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", parts.Text.Length > 0 || (parts.Calls.Count == 0 && parts.Refusal is null) ? parts.Text : null);
        json.WriteString("refusal", parts.Refusal);
        if (parts.Reasoning.Length > 0)
            json.WriteString("reasoning_content", parts.Reasoning);
        if (parts.Calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in parts.Calls)
                WriteCall(json, call, null);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private string NewId() => "chatcmpl-" + identifiers.New();
}
