using System.Net;

namespace Cairn.Server;

/// <summary>
/// Refuses foreign host names (DNS rebinding: a page whose name was pointed at this machine). An address is no name, so it can't be
/// pointed elsewhere; over the socket there is no browser.
/// </summary>
internal sealed class HostAllowList(RequestDelegate next, CairnHostOptions options)
{
    private readonly HashSet<string> _names = new([.. options.AllowedHosts, "localhost", options.Host, Environment.MachineName],
        StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (context.Features.Get<OwnerConnection>() is not null || _names.Contains(host) || IPAddress.IsValid(host.AsSpan().Trim("[]")))
            return next(context);
        return ErrorHandling.WriteAsync(context,
            Problems.Make(StatusCodes.Status400BadRequest, "host.unknown", $"This server is not called `{host}`.",
                $"Use the address that `cairn up` printed, or start it with the name: cairn up --allow-host {host}"));
    }
}
