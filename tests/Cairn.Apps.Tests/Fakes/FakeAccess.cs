namespace Cairn.Apps.Tests;

internal sealed class FakeAccess : IAccess
{
    public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public bool MayRead(Principal caller, AccessSet access) => access.Allows(caller);

    public bool May(Principal caller, Right right) => caller.IsOwner;
}
