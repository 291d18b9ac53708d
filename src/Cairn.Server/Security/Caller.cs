namespace Cairn.Server;

/// <summary>Who sent this request, one per request; set before any endpoint runs.</summary>
internal sealed class Caller
{
    public static Principal Visitor { get; } = new() { Tenant = Tenants.Default };

    public Principal Principal { get; set; } = Visitor;

    /// <summary>The id of the API key that was sent; null without one.</summary>
    public string? Key { get; set; }

    public CallerKind Kind { get; set; } = CallerKind.Visitor;
}
