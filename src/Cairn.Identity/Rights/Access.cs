using System.Collections.Concurrent;
using Cairn.Storage;

namespace Cairn.Identity;

/// <summary>
/// Decides. Who is in what is read from the database at each call; only while the tenant's version of it has not moved is the last reading
/// used again, so a change holds from the next request, also one made by another process.
/// </summary>
internal sealed class Access(IDatabase database) : IAccess
{
    private readonly ConcurrentDictionary<string, Roster> _rosters = new(StringComparer.Ordinal);

    public async Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        var roster = await RosterAsync(tenant, cancellationToken);
        return roster.Principal(user);
    }

    public bool MayRead(Principal caller, AccessSet access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.Allows(caller);
    }

    public bool May(Principal caller, Right right)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.User is null)
            return false;
        return right switch
        {
            Right.Use or Right.CallModels => true,
            Right.Ingest or Right.Operate or Right.Train => caller.IsOwner || caller.Roles.Contains(Roles.Builder),
            Right.ManagePeople or Right.ManageModels => caller.IsOwner,
            _ => false,
        };
    }

    private Task<Roster> RosterAsync(string tenant, CancellationToken cancellationToken)
        => database.ReadAsync(async session =>
        {
            var version = await PeopleStore.VersionAsync(session, tenant);
            if (_rosters.TryGetValue(tenant, out var known) && known.Version == version)
                return known;
            var roster = new Roster(tenant, version, await PeopleStore.UsersAsync(session, tenant),
                await PeopleStore.MembersAsync(session, tenant));
            _rosters[tenant] = roster;
            return roster;
        }, cancellationToken);
}
