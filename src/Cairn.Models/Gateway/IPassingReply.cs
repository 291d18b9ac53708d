namespace Cairn.Models;

/// <summary>A begun reply that can be written to its caller.</summary>
internal interface IPassingReply : IBegunReply
{
    /// <summary>Passes the reply on; returns when all of it has gone out and is settled.</summary>
    /// <exception cref="CairnException">It broke off. What came until then has gone out, in whole events.</exception>
    Task PumpAsync(IReplySink sink);

    /// <summary>All that went out, for the cache; null when it was not to be kept, did not end well, or was too long.</summary>
    ReadOnlyMemory<byte>? Kept { get; }
}
