using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Reads what a provider answers, event by event, or whole. Input tokens are told as soon as they are known, output at the end; calls of
/// tools are given once they are whole; reasoning keeps its signature.
/// </summary>
internal sealed class AnthropicReply
{
    private readonly Dictionary<long, WireToolCall?> _open = [];
    private readonly CallIds _ids = new();
    private readonly RunningUsage _usage = new();
    private UsageDetails? _started;

    /// <summary>The model has said why it ended.</summary>
    public bool Finished { get; private set; }

    /// <summary><c>message_stop</c> has come.</summary>
    public bool Ended { get; private set; }

    /// <summary>A block is being written.</summary>
    public bool InBlock => _open.Count > 0;

    /// <exception cref="JsonException">Not what an event is.</exception>
    public ChatResponseUpdate Read(JsonElement data)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant };
        switch (data.Text("type"))
        {
            case "message":
                ReadWhole(data, update);
                break;
            case "message_start":
                ReadStart(data.Child("message") ?? throw new JsonException("message_start without a message"), update);
                break;
            case "content_block_start":
                ReadBlock(data, update);
                break;
            case "content_block_delta":
                ReadDelta(data, update);
                break;
            case "content_block_stop":
                Close(data.Count("index") ?? 0, update);
                break;
            case "message_delta":
                ReadEnd(data.Child("delta"), data, update);
                break;
            case "message_stop":
                Ended = true;
                break;
            case null:
                throw new JsonException("an event should be an object with a type");
        }
        return update;
    }

    private void ReadWhole(JsonElement message, ChatResponseUpdate update)
    {
        update.ResponseId = message.Text("id");
        var index = 0;
        foreach (var block in message.Items("content"))
        {
            Open(index, block, update);
            Close(index++, update);
        }
        ReadEnd(message, message, update);
        Ended = true;
    }

    private void ReadStart(JsonElement message, ChatResponseUpdate update)
    {
        update.ResponseId = message.Text("id");
        if (AnthropicUsage.Read(message) is not { } usage)
            return;
        // What it says of output is not the end's word yet.
        usage.OutputTokenCount = 0;
        usage.TotalTokenCount = usage.InputTokenCount;
        _started = usage;
        AddUsage(usage, update);
    }

    private void ReadBlock(JsonElement data, ChatResponseUpdate update)
        => Open(data.Count("index") ?? 0, data.Child("content_block") ?? throw new JsonException("content_block_start without a block"),
            update);

    private void Open(long index, JsonElement block, ChatResponseUpdate update)
    {
        _open[index] = null;
        switch (block.Text("type"))
        {
            case "text":
                AddText(block.Text("text"), update);
                break;
            case "thinking":
                AddThought(block.Text("thinking"), block.Text("signature"), update);
                break;
            case "redacted_thinking":
                update.Contents.Add(new TextReasoningContent(null)
                {
                    ProtectedData = block.Text("data"),
                    AdditionalProperties = new() { [CallParameters.Redacted] = true },
                });
                break;
            case "tool_use":
                _open[index] = WireToolCall.Of(block, index);
                break;
        }
    }

    private void ReadDelta(JsonElement data, ChatResponseUpdate update)
    {
        if (data.Child("delta") is not { } delta)
            throw new JsonException("content_block_delta without a delta");
        switch (delta.Text("type"))
        {
            case "text_delta":
                AddText(delta.Text("text"), update);
                break;
            case "thinking_delta":
                AddThought(delta.Text("thinking"), null, update);
                break;
            case "signature_delta":
                AddThought(null, delta.Text("signature"), update);
                break;
            case "input_json_delta" when _open.GetValueOrDefault(data.Count("index") ?? 0) is { } call:
                call.Add(delta.Text("partial_json"));
                break;
        }
    }

    private void Close(long index, ChatResponseUpdate update)
    {
        if (_open.Remove(index, out var call) && call is not null)
            update.Contents.Add(ToolArguments.Read(_ids.Take(call.Id), call.Name, call.Arguments));
    }

    private void ReadEnd(JsonElement? delta, JsonElement holder, ChatResponseUpdate update)
    {
        if (FinishReasons.FromAnthropic(delta?.Text("stop_reason")) is { } reason)
        {
            Finished = true;
            update.FinishReason = reason;
            // A call that the token limit cut off has no stop.
            foreach (var index in _open.Keys.Order().ToList())
                Close(index, update);
        }
        if (delta?.Text("stop_sequence") is { } sequence)
            update.AdditionalProperties = new() { [CallParameters.StopSequence] = sequence };
        if (holder.Child("usage") is not null && AnthropicUsage.Read(holder, _started) is { } usage)
            AddUsage(usage, update);
    }

    private void AddUsage(UsageDetails usage, ChatResponseUpdate update)
    {
        if (_usage.Next(usage) is { } more)
            update.Contents.Add(more);
    }

    private static void AddText(string? text, ChatResponseUpdate update)
    {
        if (!string.IsNullOrEmpty(text))
            update.Contents.Add(new TextContent(text));
    }

    private static void AddThought(string? text, string? signature, ChatResponseUpdate update)
    {
        if (!string.IsNullOrEmpty(text) || !string.IsNullOrEmpty(signature))
            update.Contents.Add(new TextReasoningContent(text ?? "") { ProtectedData = string.IsNullOrEmpty(signature)
                ? null
                : signature });
    }
}
