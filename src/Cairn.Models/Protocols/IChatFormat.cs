using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Translates between a chat protocol that callers speak and Microsoft.Extensions.AI's types. Without state.</summary>
public interface IChatFormat : IWireFormat
{
    /// <exception cref="CairnException">The body is no request of this protocol (<c>request.invalid</c>, naming the field), or asks for
    /// what no model here does (<c>request.unsupported</c>).</exception>
    ChatCall ReadCall(ReadOnlyMemory<byte> body);

    /// <param name="model">What the answer is to name as its model.</param>
    void WriteResponse(ChatCall call, ChatResponse response, string model, IBufferWriter<byte> output);

    IChatEventWriter WriteStream(ChatCall call, string model);
}
