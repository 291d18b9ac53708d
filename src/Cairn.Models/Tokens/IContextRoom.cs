using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// What a route's client tells of the space that its model has, so that a caller can pack for it
/// (<c>client.GetService&lt;IContextRoom&gt;()</c>).
/// </summary>
public interface IContextRoom
{
    /// <summary>
    /// How many tokens of its window the model that would be asked first has left beside such a call, its output included; at least. Where
    /// <paramref name="options"/> set no limit of the output, room for an answer is kept (1,024 tokens, of small windows a quarter).
    /// </summary>
    /// <returns>Negative where the call does not fit; null where nobody knows the window.</returns>
    ValueTask<long?> LeftAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken);
}
