namespace Cairn.Server;

/// <summary>The handshake of the command line.</summary>
internal static class VersionApi
{
    public static void MapVersionApi(this IEndpointRouteBuilder api)
        => api.MapGet("/version", Version).Requires(Right.Use).WithSummary("Version of the server and of the API it speaks");

    private static VersionResponse Version(CairnHostOptions options, ServerAddress address, Principal caller)
    {
        var operates = caller.IsOwner || caller.Roles.Contains(Roles.Builder);
        return new()
        {
            Version = ThisAssembly.Version,
            Protocol = ApiProtocol.Version,
            Workspace = operates ? options.Workspace : null,
            ProcessId = operates ? Environment.ProcessId : null,
            Url = address.Value?.ToString(),
        };
    }
}
