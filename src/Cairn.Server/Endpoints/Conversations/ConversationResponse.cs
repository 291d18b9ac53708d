using Cairn.Apps;

namespace Cairn.Server;

internal sealed record ConversationResponse(Conversation Conversation, IReadOnlyList<Message> Messages);
