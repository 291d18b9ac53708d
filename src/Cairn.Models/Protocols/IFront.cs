using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A chat protocol as its callers see it: reads their body and writes the reply, where the model's provider speaks another protocol.
/// One instance serves all calls; errors are written by the gateway.
/// </summary>
public interface IFront
{
    WireProtocol Protocol { get; }

    /// <exception cref="CairnException">The body is not what the protocol says, or asks for what cannot be translated (<see cref="ErrorKind.Input"/>; the message names the parameter).</exception>
    FrontRequest Read(ReadOnlyMemory<byte> body);

    /// <param name="model">What the caller named.</param>
    void WriteReply(ChatResponse reply, string model, IBufferWriter<byte> to);

    /// <param name="usage">Whether the caller asked for usage (OpenAI's <c>stream_options.include_usage</c>; others always tell it).</param>
    IReplyWriter BeginStream(string model, bool usage);
}
