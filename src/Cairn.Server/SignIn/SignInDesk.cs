using Cairn.Identity;

namespace Cairn.Server;

/// <summary>Takes a link's token and gives the cookie for it.</summary>
internal sealed class SignInDesk(ISignInLinks links, SignInAttempts attempts, Cookies cookies)
{
    public async Task<IResult> SignInAsync(HttpContext context, string token, string? back)
    {
        attempts.Demand(context);
        NewSession session;
        try
        {
            session = await links.RedeemAsync(token, context.RequestAborted);
        }
        catch (CairnException e) when (e.Code is "link.used" or "link.expired" && Caller.Of(context).Kind == CallerKind.Session)
        {
            // Who opens the link of a mail again is signed in already; there is nothing to mend.
            return Onward(context, back);
        }
        catch (CairnException e) when (e.Kind == ErrorKind.NotPermitted)
        {
            attempts.Failed(context);
            throw;
        }
        cookies.Write(context, session.Token, session.Expires);
        return Onward(context, back);
    }

    private static IResult Onward(HttpContext context, string? back)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    /// <summary>A path of this server, and nothing that a browser reads as another host (<c>//evil</c>, <c>/\evil</c>).</summary>
    private static bool IsLocal(string? path)
        => path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
