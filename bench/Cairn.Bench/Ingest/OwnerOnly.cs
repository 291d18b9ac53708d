using Cairn.Abstractions;

namespace Cairn.Bench;

/// <summary>Nobody but the owner calls in a benchmark.</summary>
internal sealed class OwnerOnly : IAccess
{
    public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
        => Task.FromResult<Principal?>(null);

    public bool MayRead(Principal caller, AccessSet access) => caller.IsOwner;

    public bool May(Principal caller, Right right) => caller.IsOwner;
}
