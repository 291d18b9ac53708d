using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Events of one streamed message (https://docs.anthropic.com/en/api/messages-streaming): <c>message_start</c>, per block start, deltas and
/// stop,
/// <c>message_delta</c> with why it ended and what it used, <c>message_stop</c>.
/// </summary>
internal sealed class AnthropicEventWriter(string id, string model) : IChatEventWriter
{
    private readonly UsageDetails _usage = new();
    private bool _began;
    private AIContent? _open;
    private int _blocks;
    private bool _callsTools;
    private ChatFinishReason? _finish;
    private string? _stopSequence;

    public void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _finish = update.FinishReason ?? _finish;
        _stopSequence = update.AdditionalProperties?.GetValueOrDefault(CallParameters.StopSequence) as string ?? _stopSequence;
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        foreach (var content in update.Contents.Where(AnthropicBlocks.IsShown))
        {
            Begin(output);
            WriteContent(content, output);
        }
    }

    public void End(IBufferWriter<byte> output)
    {
        Begin(output);
        Close(output);
        Event(output, "message_delta", json =>
        {
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", FinishReasons.Anthropic(_finish, _callsTools, _stopSequence is not null));
            json.WriteString("stop_sequence", _stopSequence);
            json.WriteEndObject();
            AnthropicUsage.Write(json, _usage);
        });
        Event(output, "message_stop", _ => { });
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_began)
            return;
        _began = true;
        Event(output, "message_start", json =>
        {
            json.WriteStartObject("message");
            json.WriteString("id", id);
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteString("model", model);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            AnthropicUsage.Write(json, _usage);
            json.WriteEndObject();
        });
    }

    private void WriteContent(AIContent content, IBufferWriter<byte> output)
    {
        if (!Continues(content))
        {
            Close(output);
            _open = content;
            Event(output, "content_block_start", json =>
            {
                json.WriteNumber("index", _blocks);
                json.WritePropertyName("content_block");
                AnthropicBlocks.Write(json, content, empty: true);
            });
        }
        switch (content)
        {
            case FunctionCallContent call:
                _callsTools = true;
                Delta(output, "input_json_delta", "partial_json", WireJson.Arguments(call));
                break;
            case TextReasoningContent reasoning when !AnthropicBlocks.IsRedacted(reasoning):
                if (reasoning.Text.Length > 0)
                    Delta(output, "thinking_delta", "thinking", reasoning.Text);
                if (reasoning.ProtectedData is { } signature)
                {
                    Delta(output, "signature_delta", "signature", signature);
                    Close(output);
                }
                break;
            case TextContent or ErrorContent:
                Delta(output, "text_delta", "text", AnthropicBlocks.TextOf(content));
                break;
        }
    }

    private bool Continues(AIContent content)
        => (_open is TextContent && content is TextContent)
            || (_open is TextReasoningContent open && content is TextReasoningContent more && !AnthropicBlocks.IsRedacted(open)
                && !AnthropicBlocks.IsRedacted(more));

    private void Delta(IBufferWriter<byte> output, string type, string name, string text) => Event(output, "content_block_delta", json =>
    {
        json.WriteNumber("index", _blocks);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(name, text);
        json.WriteEndObject();
    });

    private void Close(IBufferWriter<byte> output)
    {
        if (_open is null)
            return;
        _open = null;
        Event(output, "content_block_stop", json => json.WriteNumber("index", _blocks));
        _blocks++;
    }

    private static void Event(IBufferWriter<byte> output, string name, Action<Utf8JsonWriter> write)
        => WireJson.WriteEvent(output, name, json =>
    {
        json.WriteString("type", name);
        write(json);
    });
}
