using Cairn.Apps;

namespace Cairn.Server;

internal sealed record ConversationsResponse(IReadOnlyList<Conversation> Conversations);
