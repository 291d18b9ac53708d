using System.Buffers;

namespace Cairn.Models;

/// <summary>How a protocol tells of failures, whether or not the call is translated. Without state: one object serves all calls.</summary>
public interface IWireFormat
{
    WireProtocol Protocol { get; }

    /// <summary>Writes the body of a failing answer.</summary>
    /// <returns>The HTTP status that goes with it.</returns>
    int WriteError(CairnException error, IBufferWriter<byte> output);

    /// <summary>Writes the event that tells of a failure once the stream has begun; nothing follows it.</summary>
    void WriteErrorEvent(CairnException error, IBufferWriter<byte> output);
}
