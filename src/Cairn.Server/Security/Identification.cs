using System.Security.Claims;
using Cairn.Identity;

namespace Cairn.Server;

/// <summary>
/// Finds out who calls: an API key, the owner's socket, or a session, in this order; else a visitor. A key that is none is refused rather
/// than taken for a visitor.
/// </summary>
internal sealed class Identification(RequestDelegate next, IAccess access, IKeys keys, ISessions sessions, Cookies cookies)
{
    public const string AsHeader = "X-Cairn-As";

    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var identified = IdentifyAsync(context, caller);
        // A key that is known already holds nobody up.
        return identified.IsCompletedSuccessfully && caller.Kind == CallerKind.Key && context.Request.Headers[AsHeader].Count == 0
            ? next(context)
            : GoOnAsync(identified, context, caller);
    }

    private async Task GoOnAsync(ValueTask identified, HttpContext context, Caller caller)
    {
        await identified;
        if (context.Request.Headers[AsHeader].ToString() is { Length: > 0 } user)
            caller.Principal = await AsAsync(caller.Principal, user, context.RequestAborted);
        if (caller.Kind == CallerKind.Session && !CrossSite.IsOwn(context.Request))
        {
            await ErrorHandling.WriteAsync(context, CrossSite.Refused);
            return;
        }
        // Antiforgery binds its tokens to this name; a key's caller fills in no forms.
        if (caller.Kind != CallerKind.Key && caller.Principal.User is { } name)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name),
                new Claim(ClaimTypes.NameIdentifier, name)], "Cairn"));
        await next(context);
    }

    private async ValueTask IdentifyAsync(HttpContext context, Caller caller)
    {
        var cancellationToken = context.RequestAborted;
        if (KeyOf(context) is { } key)
        {
            // Wrong keys are not counted: 256 random bits can't be guessed, and callers behind one address must not shut each other out.
            if (await keys.AuthenticateAsync(key, cancellationToken) is not { } holder)
                throw new CairnException(ErrorKind.NotSignedIn, "key.invalid", "The request holds no valid API key.",
                    Problems.SendKey);
            (caller.Principal, caller.Kind, caller.Key) = (holder, CallerKind.Key, IKeys.IdOf(key));
        }
        else if (context.Features.Get<OwnerConnection>() is not null)
        {
            var owner = Principal.Owner();
            (caller.Principal, caller.Kind) = (
                await access.ResolveAsync(owner.Tenant, owner.User!, cancellationToken) is { IsOwner: true } known ? known : owner,
                CallerKind.Socket);
        }
        else if (cookies.Read(context.Request) is { } token)
        {
            if (await sessions.AuthenticateAsync(token, cancellationToken) is { } user)
                (caller.Principal, caller.Kind) = (user, CallerKind.Session);
            else
                cookies.Clear(context);
        }
    }

    /// <summary>null when the request carries none; Anthropic's clients have a header of their own for it.</summary>
    private static string? KeyOf(HttpContext context)
    {
        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : "";
        return context.GetEndpoint()?.Metadata.GetMetadata<CallerProtocol>() is not null
            && context.Request.Headers["x-api-key"].ToString() is { Length: > 0 } key ? key : null;
    }

    private async Task<Principal> AsAsync(Principal caller, string user, CancellationToken cancellationToken)
    {
        if (!caller.IsOwner)
            throw new CairnException(ErrorKind.NotPermitted, "as.not-permitted", "Only the owner may look with another user's eyes.",
                $"Leave the header {AsHeader} out.");
        return await access.ResolveAsync(caller.Tenant, user, cancellationToken)
            ?? throw new CairnException(ErrorKind.NotFound, "user.unknown", $"There is no user {user}.",
                $"See who there is (cairn user list), or add them: cairn user add {user}");
    }
}
