using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>How many tokens a call will take, before it is made.</summary>
public interface ITokenCounter
{
    ValueTask<TokenCount> CountAsync(
        ModelName model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken);

    /// <summary>An upper bound from a raw body's length alone: what the hot path reserves by.</summary>
    long AtMost(ModelName model, long bodyBytes);
}
