using Microsoft.AspNetCore.Authorization;

namespace Cairn.Server;

/// <summary>Denies by default: an endpoint serves visitors only when it says so, and everybody else only with the right it names.</summary>
internal sealed class Authorisation(RequestDelegate next)
{
    public const string SignInPath = "/sign-in";

    public Task InvokeAsync(HttpContext context, Caller caller)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        var right = endpoint.Metadata.GetMetadata<RequiredRight>()?.Right ?? Right.Use;
        if (caller.Principal.User is null)
        {
            if (HttpMethods.IsGet(context.Request.Method) && ErrorHandling.WantsPage(context.Request))
            {
                context.Response.Redirect($"{SignInPath}?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
                return Task.CompletedTask;
            }
            return ErrorHandling.WriteAsync(context, Problems.Of(StatusCodes.Status401Unauthorized, null));
        }
        return May(caller.Principal, right)
            ? next(context)
            : ErrorHandling.WriteAsync(context, Problems.Of(StatusCodes.Status403Forbidden, null));
    }

    private static bool May(Principal caller, Right right) => caller.IsOwner || right == Right.Use;
}
