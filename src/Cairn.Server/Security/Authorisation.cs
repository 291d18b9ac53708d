using Microsoft.AspNetCore.Authorization;

namespace Cairn.Server;

/// <summary>Denies by default: an endpoint serves visitors only when it says so, and everybody else only with the right it names.</summary>
internal sealed class Authorisation(RequestDelegate next, IAccess access)
{
    public const string SignInPath = "/sign-in";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        var caller = Caller.Of(context);
        if (access.May(caller.Principal, endpoint.Metadata.GetMetadata<RequiredRight>()?.Right ?? Right.Use))
            return next(context);
        if (caller.Principal.User is not null)
            return ErrorHandling.WriteAsync(context, Problems.Of(StatusCodes.Status403Forbidden, null));
        if (HttpMethods.IsGet(context.Request.Method) && ErrorHandling.WantsPage(context.Request))
        {
            context.Response.Redirect($"{SignInPath}?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return Task.CompletedTask;
        }
        return ErrorHandling.WriteAsync(context, endpoint.Metadata.GetMetadata<CallerProtocol>() is null
            ? Problems.Of(StatusCodes.Status401Unauthorized, null)
            : Problems.KeyNeeded);
    }
}
