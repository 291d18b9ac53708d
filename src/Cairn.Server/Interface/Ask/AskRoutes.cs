using Cairn.Apps;
using Cairn.Models;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What the Ask page posts without script, and the pieces of it that the script asks for.</summary>
internal static class AskRoutes
{
    public static void MapAskRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapPost("/ask", AskAsync);
        pages.MapGet("/conversations/{id}/messages/{message}", TurnAsync);
        pages.MapGet("/conversation-list",
            (string? current) => Pages.Piece<ConversationList>(new() { [nameof(ConversationList.Current)] = current }));
        pages.MapPost("/conversations/{id}/rename", RenameAsync);
        pages.MapPost("/conversations/{id}/remove", RemoveAsync);
        pages.MapPost("/conversations/{id}/restore", RestoreAsync);
    }

    /// <summary>Asks, waits for the whole answer and moves on to its conversation.</summary>
    private static async Task<IResult> AskAsync(
        [FromForm] string? question, [FromForm] string? conversation, [FromForm] string? source, Principal caller, IAnswers answers,
        CancellationToken cancellationToken)
    {
        var request = new AskRequest
        {
            Question = question ?? "",
            Conversation = string.IsNullOrEmpty(conversation) ? null : conversation,
            Source = string.IsNullOrEmpty(source) ? null : source,
            Save = true,
        };
        AnswerDone? done = null;
        await foreach (var answered in answers.AskAsync(caller, request, cancellationToken))
            done = answered as AnswerDone ?? done;
        return done switch
        {
            { Conversation: { } kept, Message: { } message } => Results.LocalRedirect($"/conversations/{kept}#m-{message}"),
            { Conversation: { } kept } => Results.LocalRedirect($"/conversations/{kept}"),
            _ => throw new CairnException(ErrorKind.Environment, "answer.unsaved",
                done?.Answer.Text is { Length: > 0 } text ? $"The answer could not be kept. It was: {text}" : "No answer came.",
                "Run cairn doctor, then ask again."),
        };
    }

    private static async Task<IResult> TurnAsync(
        string id, string message, Principal caller, IConversations conversations, IRoutes models, CancellationToken cancellationToken)
    {
        var (_, messages) = await conversations.GetAsync(caller, id, cancellationToken);
        var exchange = Exchange.Of(messages).FirstOrDefault(e => e.Answer?.Id == message)
            ?? throw new CairnException(ErrorKind.NotFound, "message.unknown", "There is no such answer in this conversation.",
                "Reload the page.");
        return Pages.Piece<TurnFragment>(new()
        {
            [nameof(TurnFragment.Exchange)] = exchange,
            [nameof(TurnFragment.Conversation)] = id,
            [nameof(TurnFragment.CanCompare)] = models.List().Count > 0,
        });
    }

    private static async Task<IResult> RenameAsync(
        string id, [FromForm] string? title, Principal caller, IConversations conversations, CancellationToken cancellationToken)
    {
        await conversations.RenameAsync(caller, id, title?.Trim() ?? "", cancellationToken);
        return Results.LocalRedirect($"/conversations/{id}");
    }

    private static async Task<IResult> RemoveAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IConversations conversations,
        CancellationToken cancellationToken)
    {
        await conversations.RemoveAsync(caller, id, cancellationToken);
        return Results.LocalRedirect($"/?removed={id}");
    }

    private static async Task<IResult> RestoreAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IConversations conversations,
        CancellationToken cancellationToken)
    {
        await conversations.RestoreAsync(caller, id, cancellationToken);
        return Results.LocalRedirect($"/conversations/{id}");
    }
}
