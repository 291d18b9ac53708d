using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Messages as callers speak them (https://docs.anthropic.com/en/api/messages).</summary>
internal sealed class AnthropicFormat(IIdentifiers identifiers) : IChatFormat
{
    public WireProtocol Protocol => WireProtocol.AnthropicMessages;

    public ChatCall ReadCall(ReadOnlyMemory<byte> body)
    {
        using var document = RequestErrors.Parse(body);
        return AnthropicRequest.Read(document.RootElement);
    }

    public void WriteResponse(ChatCall call, ChatResponse response, string model, IBufferWriter<byte> output)
    {
        var parts = new ReplyParts(response);
        WireJson.Write(output, json =>
        {
            json.WriteString("id", response.ResponseId ?? NewId());
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteString("model", model);
            json.WriteStartArray("content");
            foreach (var content in AnthropicBlocks.Joined(parts.Contents))
                AnthropicBlocks.Write(json, content);
            json.WriteEndArray();
            json.WriteString("stop_reason",
                FinishReasons.Anthropic(response.FinishReason, parts.Calls.Count > 0, parts.StopSequence is not null));
            json.WriteString("stop_sequence", parts.StopSequence);
            AnthropicUsage.Write(json, response.Usage ?? new());
        });
    }

    public IChatEventWriter WriteStream(ChatCall call, string model) => new AnthropicEventWriter(NewId(), model);

    public int WriteError(CairnException error, IBufferWriter<byte> output) => AnthropicErrors.Write(error, output);

    public void WriteErrorEvent(CairnException error, IBufferWriter<byte> output)
        => WireJson.WriteEvent(output, "error", json => AnthropicErrors.WriteError(json, error));

    private string NewId() => "msg_" + identifiers.New();
}
