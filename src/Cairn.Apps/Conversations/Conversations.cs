namespace Cairn.Apps;

internal sealed class Conversations(ConversationStore store) : IConversations
{
    private const int LongestTitle = 120;

    public Task<IReadOnlyList<Conversation>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken)
        => caller.User is null
            ? Task.FromResult<IReadOnlyList<Conversation>>([])
            : store.ListAsync(caller, Math.Clamp(limit, 1, 200), cancellationToken);

    public Task<(Conversation Conversation, IReadOnlyList<Message> Messages)> GetAsync(
        Principal caller, string id, CancellationToken cancellationToken)
        => store.GetAsync(caller, id, cancellationToken);

    public Task RenameAsync(Principal caller, string id, string title, CancellationToken cancellationToken)
    {
        title = title.Trim();
        if (title.Length is 0 or > LongestTitle)
            throw new CairnException(ErrorKind.Input, "conversation.title", $"A title has 1 to {LongestTitle} characters.",
                "Write a shorter title.");
        return store.RenameAsync(caller, id, title, cancellationToken);
    }

    public Task RemoveAsync(Principal caller, string id, CancellationToken cancellationToken)
        => store.SetRemovedAsync(caller, id, removed: true, cancellationToken);

    public Task RestoreAsync(Principal caller, string id, CancellationToken cancellationToken)
        => store.SetRemovedAsync(caller, id, removed: false, cancellationToken);
}
