using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Writes the events of one streamed answer, in the protocol's order, as updates come.</summary>
public interface IChatEventWriter
{
    /// <summary>Writes nothing when the update holds nothing that the protocol shows.</summary>
    void Write(ChatResponseUpdate update, IBufferWriter<byte> output);

    /// <summary>Call once, after the last update, when all went well.</summary>
    void End(IBufferWriter<byte> output);
}
