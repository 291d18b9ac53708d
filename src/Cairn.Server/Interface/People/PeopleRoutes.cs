using Cairn.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>
/// What the people page posts. A link is shown in the answer to its form and nowhere again, so those answers are not redirects.
/// </summary>
internal static class PeopleRoutes
{
    private static readonly char[] Between = [',', ' ', ';'];

    public static void MapPeopleRoutes(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/people").ExcludeFromDescription().Requires(Right.ManagePeople);
        pages.MapPost("/invite", InviteAsync);
        pages.MapPost("/{name}/link", LinkAsync);
        pages.MapPost("/{name}/groups", SetGroupsAsync);
        pages.MapPost("/{name}/remove", RemoveAsync);
        pages.MapPost("/groups/{name}", SetMembersAsync);
        // A reader who reloads or follows such an address later finds the page itself.
        pages.MapGet("/invite", () => Results.LocalRedirect("/people"));
        pages.MapGet("/{name}/link", () => Results.LocalRedirect("/people"));
        pages.MapGet("/{name}/groups", () => Results.LocalRedirect("/people"));
    }

    private static Task<IResult> InviteAsync(
        [FromForm] string? name, [FromForm] string? groups, [FromForm] string? role, [FromForm] bool? restore, HttpContext context,
        Principal caller, IPeople people, ISignInLinks links)
        => TryAsync(new InviteForm(name?.Trim() ?? "", groups ?? "", role ?? ""), async () =>
        {
            var (called, roles) = (name?.Trim() ?? "", string.IsNullOrEmpty(role) ? Array.Empty<string>() : [role]);
            var user = restore == true
                ? await people.RestoreUserAsync(caller, called, Names(groups), roles, context.RequestAborted)
                : await people.AddUserAsync(caller, called, Names(groups), roles, context.RequestAborted);
            return Shown(context, await links.CreateAsync(caller, user.Name, context.RequestAborted), again: false);
        });

    private static Task<IResult> LinkAsync(
        string name, [FromForm(Name = "__RequestVerificationToken")] string? _, HttpContext context, Principal caller, ISignInLinks links)
        => TryAsync(null, async () => Shown(context, await links.CreateAsync(caller, name, context.RequestAborted), again: true));

    private static Task<IResult> SetGroupsAsync(
        string name, [FromForm] string? groups, Principal caller, IPeople people, CancellationToken cancellationToken)
        => TryAsync(null, async () =>
        {
            await people.SetGroupsAsync(caller, name, Names(groups), cancellationToken);
            return Results.LocalRedirect("/people");
        });

    private static Task<IResult> RemoveAsync(
        string name, [FromForm(Name = "__RequestVerificationToken")] string? _, Principal caller, IPeople people,
        CancellationToken cancellationToken)
        => TryAsync(null, async () =>
        {
            await people.RemoveUserAsync(caller, name, cancellationToken);
            return Results.LocalRedirect("/people");
        });

    private static Task<IResult> SetMembersAsync(
        string name, [FromForm] string? members, Principal caller, IPeople people, CancellationToken cancellationToken)
        => TryAsync(null, async () =>
        {
            await people.SetMembersAsync(caller, name, Names(members), cancellationToken);
            return Results.LocalRedirect("/people");
        });

    /// <summary>What the owner can mend is said on the page, above what they typed.</summary>
    private static async Task<IResult> TryAsync(InviteForm? typed, Func<Task<IResult>> act)
    {
        try
        {
            return await act();
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Input or ErrorKind.Conflict or ErrorKind.NotFound)
        {
            var parameters = new Dictionary<string, object> { [nameof(PeoplePage.Refused)] = e };
            if (typed is not null)
                parameters[nameof(PeoplePage.Typed)] = typed;
            return Pages.Whole<PeoplePage>(parameters, Problems.StatusOf(e.Kind));
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Shown(HttpContext context, SignInLink link, bool again)
    {
        var address = $"{context.Request.Scheme}://{context.Request.Host}/sign-in/{Uri.EscapeDataString(link.Token)}";
        return Pages.Whole<PeoplePage>(new() { [nameof(PeoplePage.Invitation)] = new Invitation(link.User, address, link.Expires, again) });
    }

    private static string[] Names(string? list)
        => (list ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
