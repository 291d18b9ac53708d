using System.Buffers;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One reply being written as whole server-sent events. An update may give none, one or several.</summary>
public interface IReplyWriter
{
    void Write(ChatResponseUpdate update, IBufferWriter<byte> to);

    /// <summary>What closes a stream that ended well: finish reason, usage, <c>[DONE]</c> or <c>message_stop</c>.</summary>
    void End(IBufferWriter<byte> to);
}
