using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A route as one <see cref="IChatClient"/>: the gateway's second way in. Once the first content has gone out there is no second try: the
/// caller decides what to do then.
/// </summary>
internal sealed class RouteChatClient(Gateway gateway, Route route, CallOrigin origin) : IChatClient, IContextRoom
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var call = await gateway.BeginChatAsync(origin, route, [.. messages], options, cancellationToken);
        await foreach (var update in call.ReadAsync(cancellationToken))
            yield return update;
    }

    public ValueTask<long?> LeftAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
        => gateway.LeftAsync(origin, route, messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The providers' connections live as long as the process.
    }
}
