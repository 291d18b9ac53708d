using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Events of one streamed response (https://platform.openai.com/docs/api-reference/responses-streaming), numbered from 0.
/// </summary>
internal sealed class ResponsesEventWriter(ResponseReply reply, IIdentifiers identifiers) : IChatEventWriter
{
    private readonly UsageDetails _usage = new();
    private readonly List<JsonElement> _logprobs = [];
    private int _number;
    private ResponseItem? _open;
    private string _text = "";
    private ChatFinishReason? _finish;

    public void Write(ChatResponseUpdate update, IBufferWriter<byte> output)
    {
        _finish = update.FinishReason ?? _finish;
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        if (update.AdditionalProperties?.GetValueOrDefault(CallParameters.Logprobs) is JsonElement logprobs)
            _logprobs.AddRange(logprobs.Items("content").Select(l => l.Clone()));
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
        reply.Usage = _usage;
        reply.End(_finish);
        WriteReply(output, reply.IsIncomplete ? "response.incomplete" : "response.completed");
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_number > 0)
            return;
        WriteReply(output, "response.created");
        WriteReply(output, "response.in_progress");
    }

    private void WriteContent(AIContent content, IBufferWriter<byte> output)
    {
        if (!Continues(content))
        {
            Close(output);
            Open(content, output);
        }
        switch (content)
        {
            case FunctionCallContent call:
                _text = WireJson.Arguments(call);
                Delta(output, "response.function_call_arguments.delta", _text, _ => { });
                Close(output);
                break;
            case TextReasoningContent reasoning:
                if (reasoning.Text.Length > 0)
                    Delta(output, "response.reasoning_summary_text.delta", reasoning.Text, SummaryIndex);
                _text += reasoning.Text;
                if (reasoning.ProtectedData is not null)
                {
                    ((TextReasoningContent)_open!.Content).ProtectedData = reasoning.ProtectedData;
                    Close(output);
                }
                break;
            default:
                var text = AnthropicBlocks.TextOf(content);
                _text += text;
                Delta(output, content is ErrorContent ? "response.refusal.delta" : "response.output_text.delta", text, json =>
                {
                    json.WriteNumber("content_index", 0);
                    json.WriteStartArray("logprobs");
                    json.WriteEndArray();
                });
                break;
        }
    }

    private bool Continues(AIContent content)
        => (_open?.Content is TextContent && content is TextContent)
            || (_open?.Content is TextReasoningContent && content is TextReasoningContent);

    private void Open(AIContent content, IBufferWriter<byte> output)
    {
        _open = ResponseItem.Of(content is TextReasoningContent ? new TextReasoningContent("") : content, identifiers);
        _text = "";
        WriteItem(output, "response.output_item.added", empty: true);
        if (_open.IsMessage)
            WritePart(output, "response.content_part.added", "content_index", "", isSummary: false);
        else if (content is TextReasoningContent)
            WritePart(output, "response.reasoning_summary_part.added", "summary_index", "", isSummary: true);
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (_open is null)
            return;
        switch (_open.Content)
        {
            case FunctionCallContent call:
                Done(output, "response.function_call_arguments.done", "arguments", json => json.WriteString("name", call.Name));
                break;
            case TextReasoningContent reasoning:
                reasoning.Text = _text;
                Done(output, "response.reasoning_summary_text.done", "text", SummaryIndex);
                WritePart(output, "response.reasoning_summary_part.done", "summary_index", _text, isSummary: true);
                break;
            default:
                var isRefusal = _open.Content is ErrorContent;
                _open = isRefusal
                    ? new(_open.Id, new ErrorContent(_text) { ErrorCode = ReplyParts.RefusalCode }, null)
                    : new(_open.Id, new TextContent(_text), TakeLogprobs());
                Done(output, isRefusal ? "response.refusal.done" : "response.output_text.done", isRefusal ? "refusal" : "text",
                    json => json.WriteNumber("content_index", 0));
                WritePart(output, "response.content_part.done", "content_index", _text, isSummary: false);
                break;
        }
        WriteItem(output, "response.output_item.done", empty: false);
        reply.Items.Add(_open);
        _open = null;
    }

    private JsonElement? TakeLogprobs()
    {
        if (_logprobs.Count == 0)
            return null;
        var wrapped = JsonElement.Parse($"{{\"content\":[{string.Join(',', _logprobs.Select(l => l.GetRawText()))}]}}");
        _logprobs.Clear();
        return wrapped;
    }

    private static void SummaryIndex(Utf8JsonWriter json) => json.WriteNumber("summary_index", 0);

    private void Delta(IBufferWriter<byte> output, string name, string delta, Action<Utf8JsonWriter> write) => Event(output, name, json =>
    {
        WritePlace(json);
        json.WriteString("delta", delta);
        write(json);
    });

    private void Done(IBufferWriter<byte> output, string name, string field, Action<Utf8JsonWriter> write) => Event(output, name, json =>
    {
        WritePlace(json);
        json.WriteString(field, _text);
        write(json);
        if (name == "response.output_text.done")
        {
            json.WriteStartArray("logprobs");
            json.WriteEndArray();
        }
    });

    private void WritePart(IBufferWriter<byte> output, string name, string index, string text, bool isSummary)
        => Event(output, name, json =>
    {
        WritePlace(json);
        json.WriteNumber(index, 0);
        json.WritePropertyName("part");
        if (isSummary)
            ResponseItem.WriteSummary(json, text);
        else
            _open!.WritePart(json, text);
    });

    private void WriteItem(IBufferWriter<byte> output, string name, bool empty) => Event(output, name, json =>
    {
        json.WriteNumber("output_index", reply.Items.Count);
        json.WritePropertyName("item");
        _open!.Write(json, empty);
    });

    private void WritePlace(Utf8JsonWriter json)
    {
        json.WriteString("item_id", _open!.Id);
        json.WriteNumber("output_index", reply.Items.Count);
    }

    private void WriteReply(IBufferWriter<byte> output, string name) => Event(output, name, json =>
    {
        json.WriteStartObject("response");
        reply.Write(json);
        json.WriteEndObject();
    });

    private void Event(IBufferWriter<byte> output, string name, Action<Utf8JsonWriter> write) => WireJson.WriteEvent(output, name, json =>
    {
        json.WriteString("type", name);
        json.WriteNumber("sequence_number", _number++);
        write(json);
    });
}
