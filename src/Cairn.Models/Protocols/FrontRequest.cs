using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A caller's chat body in Microsoft.Extensions.AI's terms. <see cref="ChatOptions.ModelId"/> is left null: the route decides.</summary>
public sealed record FrontRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options);
