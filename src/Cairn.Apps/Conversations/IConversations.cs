namespace Cairn.Apps;

/// <summary>A caller's own saved conversations; nobody else's are visible.</summary>
public interface IConversations
{
    Task<IReadOnlyList<Conversation>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken);

    Task<(Conversation Conversation, IReadOnlyList<Message> Messages)> GetAsync(
        Principal caller, string id, CancellationToken cancellationToken);

    Task RenameAsync(Principal caller, string id, string title, CancellationToken cancellationToken);

    Task RemoveAsync(Principal caller, string id, CancellationToken cancellationToken);

    Task RestoreAsync(Principal caller, string id, CancellationToken cancellationToken);
}
