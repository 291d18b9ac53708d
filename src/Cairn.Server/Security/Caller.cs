namespace Cairn.Server;

/// <summary>Who sent this request, one per request; set before any endpoint runs.</summary>
internal sealed class Caller
{
    /// <summary>
    /// Of the request. Where models are called nothing else wants services of its own, so no scope is made for it there; everywhere else
    /// it is the scope's.
    /// </summary>
    public static Caller Of(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GatewayEndpoint>() is null)
            return context.RequestServices.GetRequiredService<Caller>();
        if (context.Features.Get<Caller>() is { } known)
            return known;
        var caller = new Caller();
        context.Features.Set(caller);
        return caller;
    }

    public static Principal Visitor { get; } = new() { Tenant = Tenants.Default };

    public Principal Principal { get; set; } = Visitor;

    /// <summary>The id of the API key that was sent; null without one.</summary>
    public string? Key { get; set; }

    public CallerKind Kind { get; set; } = CallerKind.Visitor;
}
