namespace Cairn.Models;

/// <summary>Replies to calls that are the same: same canonical body, same model, same permission set and tenant. Off unless the route turns it on.</summary>
public interface IReplyCache
{
    /// <param name="model">What the caller named, resolved to its route.</param>
    ReplyKey KeyOf(CallOrigin origin, WireProtocol protocol, string model, ReadOnlySpan<byte> body);

    CachedReply? Find(ReplyKey key);

    void Keep(ReplyKey key, CachedReply reply);
}
