using System.Security.Claims;

namespace Cairn.Server;

/// <summary>Finds out who calls: the owner over the socket, else a visitor.</summary>
internal sealed class Identification(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Caller caller)
    {
        if (context.Features.Get<OwnerConnection>() is not null)
        {
            caller.Kind = CallerKind.Socket;
            caller.Principal = Principal.Owner();
        }
        // Antiforgery binds its tokens to this name.
        if (caller.Principal.User is { } user)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user), new Claim(ClaimTypes.NameIdentifier, user)], "Cairn"));
        await next(context);
    }
}
