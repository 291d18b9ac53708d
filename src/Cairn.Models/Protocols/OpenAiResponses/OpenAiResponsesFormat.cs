using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Responses as callers speak them (https://platform.openai.com/docs/api-reference/responses). Nothing is kept between calls, so the whole
/// conversation comes with each.
/// </summary>
internal sealed class OpenAiResponsesFormat(IIdentifiers identifiers, TimeProvider time) : IChatFormat
{
    public WireProtocol Protocol => WireProtocol.OpenAiResponses;

    public ChatCall ReadCall(ReadOnlyMemory<byte> body)
    {
        using var document = RequestErrors.Parse(body);
        return ResponsesRequest.Read(document.RootElement);
    }

    public void WriteResponse(ChatCall call, ChatResponse response, string model, IBufferWriter<byte> output)
    {
        var parts = new ReplyParts(response);
        var reply = New(call, model);
        reply.Usage = response.Usage;
        foreach (var content in AnthropicBlocks.Joined(parts.Contents))
            reply.Items.Add(ResponseItem.Of(content, identifiers, parts.Logprobs));
        reply.End(response.FinishReason);
        WireJson.Write(output, reply.Write);
    }

    public IChatEventWriter WriteStream(ChatCall call, string model) => new ResponsesEventWriter(New(call, model), identifiers);

    public int WriteError(CairnException error, IBufferWriter<byte> output) => OpenAiErrors.Write(error, output);

    public void WriteErrorEvent(CairnException error, IBufferWriter<byte> output) => WireJson.WriteEvent(output, "error", json =>
    {
        // The published event has its fields at the top; clients of OpenAI's own look for an object named error.
        json.WriteString("type", "error");
        json.WriteString("code", error.Code);
        json.WriteString("message", ErrorStatus.TextOf(error));
        json.WriteNull("param");
        OpenAiErrors.WriteError(json, error);
    });

    private ResponseReply New(ChatCall call, string model) => new(call, "resp_" + identifiers.New(), time.GetUtcNow(), model);
}
