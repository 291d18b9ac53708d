using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A provider's own count, such as Anthropic's <c>count_tokens</c>: a call to it, so it costs time.</summary>
/// <returns>null when the provider of this model does not count.</returns>
public delegate ValueTask<long?> ProviderTokenCount(
    ModelName model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken);
