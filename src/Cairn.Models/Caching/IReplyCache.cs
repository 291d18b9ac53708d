namespace Cairn.Models;

/// <summary>
/// Replies to calls that are the same: same canonical body, same model, same permission set and tenant. Off unless the route turns it on.
/// </summary>
public interface IReplyCache
{
    /// <param name="request">Its headers that reach the provider are a part of the key.</param>
    /// <param name="route">What the caller named, resolved to its route and the models that answer for it now.</param>
    /// <param name="tags">Those of the caller's that the route chooses by.</param>
    ReplyKey KeyOf(GatewayRequest request, string route, IReadOnlyList<string> tags);

    CachedReply? Find(ReplyKey key);

    void Keep(ReplyKey key, CachedReply reply);
}
