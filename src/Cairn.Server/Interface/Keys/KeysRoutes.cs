using Cairn.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>What the keys page posts. A key is shown in the answer to its form and nowhere again, so that answer is no redirect.</summary>
internal static class KeysRoutes
{
    public static void MapKeysRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/keys").ExcludeFromDescription().Requires(Right.ManagePeople);
        pages.MapPost("/make", MakeAsync);
        pages.MapPost("/{id}/revoke", RevokeAsync);
        // A reader who reloads or follows such an address later finds the page itself.
        pages.MapGet("/make", () => Results.LocalRedirect("/keys"));
        pages.MapGet("/{id}/revoke", () => Results.LocalRedirect("/keys"));
    }

    private static Task<IResult> MakeAsync([FromForm] string? user, Principal caller, IKeys keys, HttpContext context)
        => TryAsync(async () =>
        {
            var made = await keys.CreateAsync(caller, user?.Trim() ?? "", context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return Pages.Whole<KeysPage>(new() { [nameof(KeysPage.Made)] = made });
        });

    private static Task<IResult> RevokeAsync(
        string id, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IKeys keys,
        CancellationToken cancellationToken)
        => TryAsync(async () =>
        {
            await keys.RevokeAsync(caller, id, cancellationToken);
            return Results.LocalRedirect("/keys");
        });

    private static async Task<IResult> TryAsync(Func<Task<IResult>> act)
    {
        try
        {
            return await act();
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input or ErrorKind.Conflict or ErrorKind.NotFound)
        {
            return Pages.Whole<KeysPage>(new() { [nameof(KeysPage.Refused)] = e }, Problems.StatusOf(e.Kind));
        }
    }
}
