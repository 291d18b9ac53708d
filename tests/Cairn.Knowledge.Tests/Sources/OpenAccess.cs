namespace Cairn.Knowledge.Tests;

/// <summary>Access as the sets say; owners and builders may ingest.</summary>
internal sealed class OpenAccess : IAccess
{
    public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public bool MayRead(Principal caller, AccessSet access) => access.Allows(caller);

    public bool May(Principal caller, Right right) => caller.Roles.Contains(Roles.Owner) || caller.Roles.Contains(Roles.Builder);
}
