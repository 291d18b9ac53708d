using Cairn.Identity;

namespace Cairn.Server;

/// <summary>API keys: everybody their own, the owner everybody's.</summary>
internal static class KeysApi
{
    public static void MapKeysApi(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("keys");
        keys.MapGet("", ListAsync).WithSummary("Keys, without their secret part");
        keys.MapPost("", CreateAsync).WithSummary("Make a key; it is shown this once");
        keys.MapDelete("/{id}", RevokeAsync).WithSummary("End a key at once");
    }

    private static async Task<KeysResponse> ListAsync(Principal caller, IKeys keys, CancellationToken cancellationToken)
        => new(await keys.ListAsync(caller, cancellationToken));

    private static Task<NewApiKey> CreateAsync(CreateKeyRequest body, Principal caller, IKeys keys, CancellationToken cancellationToken)
        => keys.CreateAsync(caller, body.User ?? caller.User!, cancellationToken);

    private static async Task<IResult> RevokeAsync(string id, Principal caller, IKeys keys, CancellationToken cancellationToken)
    {
        await keys.RevokeAsync(caller, id, cancellationToken);
        return Results.NoContent();
    }
}
