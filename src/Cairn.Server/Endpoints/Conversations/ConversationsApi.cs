using Cairn.Apps;

namespace Cairn.Server;

/// <summary>The caller's own saved conversations.</summary>
internal static class ConversationsApi
{
    public static void MapConversationsApi(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("conversations");
        conversations.MapGet("", ListAsync).WithSummary("The caller's conversations, newest first");
        conversations.MapGet("/{id}", GetAsync).WithSummary("A conversation with its messages");
        conversations.MapPatch("/{id}", RenameAsync).WithSummary("Give a conversation another title");
        conversations.MapDelete("/{id}", RemoveAsync).WithSummary("Put a conversation away");
        conversations.MapPost("/{id}/restore", RestoreAsync).WithSummary("Bring a conversation back");
    }

    private static async Task<ConversationsResponse> ListAsync(
        Principal caller, IConversations conversations, CancellationToken cancellationToken, int take = 50)
        => new(await conversations.ListAsync(caller, Math.Clamp(take, 1, 200), cancellationToken));

    private static async Task<ConversationResponse> GetAsync(
        string id, Principal caller, IConversations conversations, CancellationToken cancellationToken)
    {
        var (conversation, messages) = await conversations.GetAsync(caller, id, cancellationToken);
        return new(conversation, messages);
    }

    private static async Task<IResult> RenameAsync(
        string id, RenameBody body, Principal caller, IConversations conversations, CancellationToken cancellationToken)
    {
        await conversations.RenameAsync(caller, id, body.Title, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveAsync(
        string id, Principal caller, IConversations conversations, CancellationToken cancellationToken)
    {
        await conversations.RemoveAsync(caller, id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RestoreAsync(
        string id, Principal caller, IConversations conversations, CancellationToken cancellationToken)
    {
        await conversations.RestoreAsync(caller, id, cancellationToken);
        return Results.NoContent();
    }
}
