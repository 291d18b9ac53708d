namespace Cairn.Server;

/// <summary>Who sent this request, one per request; set before any endpoint runs.</summary>
internal sealed class Caller
{
    public static Principal Visitor { get; } = new() { Tenant = Tenants.Default };

    public Principal Principal { get; set; } = Visitor;

    public CallerKind Kind { get; set; } = CallerKind.Visitor;
}
