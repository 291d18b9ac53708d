using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Chunks of one completion: the role first, then what is said, the finish reason, usage if it was asked for, <c>[DONE]</c>.
/// </summary>
internal sealed class OpenAiChatEventWriter(string id, DateTimeOffset created, string model, bool withUsage) : IChatEventWriter
{
    private readonly UsageDetails _usage = new();
    private bool _began;
    private int _calls;
    private ChatFinishReason? _finish;

    public void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _finish = update.FinishReason ?? _finish;
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        var logprobs = update.AdditionalProperties?.GetValueOrDefault(CallParameters.Logprobs);
        if (logprobs is null && !update.Contents.Any(IsShown))
            return;
        Begin(output);
        foreach (var content in update.Contents.Where(IsShown))
        {
            WriteChunk(output, logprobs, null, delta => WriteContent(delta, content));
            logprobs = null;
        }
        if (logprobs is not null)
            WriteChunk(output, logprobs, null, _ => { });
    }

    public void End(IBufferWriter<byte> output)
    {
        Begin(output);
        WriteChunk(output, null, FinishReasons.OpenAi(_finish, _calls > 0), _ => { });
        if (withUsage)
        {
            WireJson.WriteEvent(output, null, json =>
            {
                OpenAiChatFormat.WriteHead(json, "chat.completion.chunk", id, created, model);
                json.WriteStartArray("choices");
                json.WriteEndArray();
                OpenAiUsage.WriteChat(json, _usage);
            });
        }
        output.Write("data: [DONE]\n\n"u8);
    }

    private static bool IsShown(AIContent content)
        => content is FunctionCallContent or TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 }
            or ErrorContent { ErrorCode: ReplyParts.RefusalCode };

    private void Begin(IBufferWriter<byte> output)
    {
        if (_began)
            return;
        _began = true;
        WriteChunk(output, null, null, delta =>
        {
            delta.WriteString("role", "assistant");
            delta.WriteString("content", "");
        });
    }

    private void WriteContent(Utf8JsonWriter delta, AIContent content)
    {
        switch (content)
        {
            case FunctionCallContent call:
                delta.WriteStartArray("tool_calls");
                OpenAiChatFormat.WriteCall(delta, call, _calls++);
                delta.WriteEndArray();
                break;
            case TextReasoningContent reasoning:
                delta.WriteString("reasoning_content", reasoning.Text);
                break;
            case ErrorContent refusal:
                delta.WriteString("refusal", refusal.Message);
                break;
            default:
                delta.WriteString("content", ((TextContent)content).Text);
                break;
        }
    }

    private void WriteChunk(
        IBufferWriter<byte> output, object? logprobs, string? finish,
        Action<Utf8JsonWriter> writeDelta) => WireJson.WriteEvent(output, null, json =>
    {
        OpenAiChatFormat.WriteHead(json, "chat.completion.chunk", id, created, model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        writeDelta(json);
        json.WriteEndObject();
        if (logprobs is not null)
        {
            json.WritePropertyName("logprobs");
            JsonValues.Write(json, logprobs);
        }
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
