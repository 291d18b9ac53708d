using Cairn.Abstractions;

namespace Cairn.IngestHost;

/// <summary>Nobody but the owner calls here.</summary>
internal sealed class OwnerAccess : IAccess
{
    public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
        => Task.FromResult<Principal?>(null);

    public bool MayRead(Principal caller, AccessSet access) => caller.IsOwner;

    public bool May(Principal caller, Right right) => caller.IsOwner;
}
