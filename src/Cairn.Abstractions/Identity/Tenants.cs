namespace Cairn.Abstractions;

/// <summary>Tenant names. Every table and every <see cref="Principal"/> has a tenant; a workspace starts with one.</summary>
public static class Tenants
{
    public const string Default = "default";
}
