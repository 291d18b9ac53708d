using Cairn.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cairn.Server;

/// <summary>
/// Signing in by a one-time link and signing out. Following <c>/sign-in/TOKEN</c> signs in at once and moves on to an address without the
/// token; a browser that only fetches ahead does not use the link up. The page at <c>/sign-in</c> itself belongs to the interface.
/// </summary>
internal static class SignInApi
{
    public static void MapSignInApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/{token}", FollowAsync).AllowAnonymous().ExcludeFromDescription();
        // Before the page of the same address, which would take the method, too.
        routes.MapPost("/sign-in", SubmitAsync).WithOrder(-1).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
    }

    public static void MapSessionApi(this IEndpointRouteBuilder api)
        => api.MapDelete("/session", EndAsync).WithTags("people").WithSummary("Sign this browser out");

    private static Task<IResult> FollowAsync(string token, [FromQuery(Name = "return")] string? back, HttpContext context, SignInDesk desk)
    {
        var purpose = context.Request.Headers["Sec-Purpose"].ToString() + context.Request.Headers["Purpose"];
        if (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(Results.StatusCode(StatusCodes.Status204NoContent));
        return desk.SignInAsync(context, token, back);
    }

    /// <summary>The form of the sign-in page: a token, or the whole link as it was sent.</summary>
    private static Task<IResult> SubmitAsync(
        [FromForm] string token, [FromForm(Name = "return")] string? back, HttpContext context, SignInDesk desk)
        => desk.SignInAsync(context, token.Trim().TrimEnd('/').Split('/')[^1], back);

    private static async Task<IResult> SignOutAsync(IFormCollection form, HttpContext context, ISessions sessions, Cookies cookies)
    {
        await EndAsync(context, sessions, cookies);
        return Results.LocalRedirect(Authorisation.SignInPath);
    }

    private static async Task<IResult> EndAsync(HttpContext context, ISessions sessions, Cookies cookies)
    {
        if (cookies.Read(context.Request) is { } token)
            await sessions.EndAsync(token, context.RequestAborted);
        cookies.Clear(context);
        return Results.NoContent();
    }
}
