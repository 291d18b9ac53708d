using System.Collections.Immutable;
using Cairn.Storage;

namespace Cairn.Identity;

internal sealed class People(IDatabase database, IAccess access, IdentityLog log) : IPeople
{
    private static readonly string[] KnownRoles = [Roles.Owner, Roles.Builder, Roles.Member];

    public Task<IReadOnlyList<User>> UsersAsync(Principal caller, CancellationToken cancellationToken)
    {
        Demand(caller);
        return database.ReadAsync(async session =>
        {
            var membership = await MembershipAsync(session, caller.Tenant);
            var users = await PeopleStore.UsersAsync(session, caller.Tenant);
            return (IReadOnlyList<User>)[.. users.Select(u => ToUser(u, membership))];
        }, cancellationToken);
    }

    public Task<User> AddUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        Demand(caller);
        Names.Check(name, "user");
        var given = CheckRoles(roles.Count == 0 ? [Roles.Member] : roles);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "user.add", Subject.ForUser(name), string.Join(',', groups));
            if (await PeopleStore.TakenAsync(session, caller.Tenant, Fold(name)) is { } taken)
                throw await PeopleStore.FindUserAsync(session, caller.Tenant, taken) is null ? Removed(taken) : Exists(taken);
            return await EnterAsync(session, caller.Tenant, name, groups, given);
        }, cancellationToken);
    }

    public Task<User> RestoreUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        Demand(caller);
        Names.Check(name, "user");
        var given = CheckRoles(roles.Count == 0 ? [Roles.Member] : roles);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "user.restore", Subject.ForUser(name), string.Join(',', groups));
            var known = await PeopleStore.TakenAsync(session, caller.Tenant, Fold(name)) ?? throw NeverThere(name);
            if (await PeopleStore.FindUserAsync(session, caller.Tenant, known) is not null)
                throw Exists(known);
            // A key or session that was being made while its user was removed must not wake up with them.
            await CredentialStore.EndAllAsync(session, caller.Tenant, known, log.Now);
            return await EnterAsync(session, caller.Tenant, known, groups, given);
        }, cancellationToken);
    }

    public Task<User> SetGroupsAsync(Principal caller, string name, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        Demand(caller);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "user.groups", Subject.ForUser(name), string.Join(',', groups));
            await GetAsync(session, caller.Tenant, name);
            await PeopleStore.LeaveAllAsync(session, caller.Tenant, Subject.ForUser(name));
            await JoinAsync(session, caller.Tenant, name, groups);
            return await GetAsync(session, caller.Tenant, name);
        }, cancellationToken);
    }

    public Task<User> SetRolesAsync(Principal caller, string name, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        Demand(caller);
        var given = CheckRoles(roles);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "user.roles", Subject.ForUser(name), given);
            await GetAsync(session, caller.Tenant, name);
            await PeopleStore.SetRolesAsync(session, caller.Tenant, name, given);
            await KeepAnOwnerAsync(session, caller.Tenant);
            return await GetAsync(session, caller.Tenant, name);
        }, cancellationToken);
    }

    public Task RemoveUserAsync(Principal caller, string name, CancellationToken cancellationToken)
    {
        Demand(caller);
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "user.remove", Subject.ForUser(name));
            await GetAsync(session, caller.Tenant, name);
            await PeopleStore.RemoveUserAsync(session, caller.Tenant, name, log.Now);
            await PeopleStore.LeaveAllAsync(session, caller.Tenant, Subject.ForUser(name));
            await CredentialStore.EndAllAsync(session, caller.Tenant, name, log.Now);
            await KeepAnOwnerAsync(session, caller.Tenant);
            return true;
        }, cancellationToken);
    }

    public Task<IReadOnlyList<Group>> GroupsAsync(Principal caller, CancellationToken cancellationToken)
    {
        Demand(caller);
        return database.ReadAsync(async session =>
        {
            var members = (await PeopleStore.MembersAsync(session, caller.Tenant)).ToLookup(m => m.Grp, m => m.Member);
            var names = await PeopleStore.GroupsAsync(session, caller.Tenant);
            return (IReadOnlyList<Group>)[.. names.Select(n => new Group(n, [.. members[n]]))];
        }, cancellationToken);
    }

    public Task<Group> SetMembersAsync(Principal caller, string name, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        Demand(caller);
        var wanted = members.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        return database.WriteAsync(Durability.Full, async session =>
        {
            await log.ChangeAsync(session, caller, "group.members", Subject.ForGroup(name), string.Join(',', wanted));
            await EnsureGroupAsync(session, caller.Tenant, name);
            await CheckMembersAsync(session, caller.Tenant, wanted);
            if ((await MembershipAsync(session, caller.Tenant)).WouldCycle(name, wanted))
                throw new CairnException(ErrorKind.Input, "group.cycle", $"The group {name} would contain itself.",
                    "Leave out the group that already contains it (cairn group list shows who is in what).");
            await PeopleStore.ClearMembersAsync(session, caller.Tenant, name);
            foreach (var member in wanted)
                await PeopleStore.AddMemberAsync(session, caller.Tenant, name, member);
            return new Group(name, wanted);
        }, cancellationToken);
    }

    private void Demand(Principal caller)
    {
        if (!access.May(caller, Right.ManagePeople))
            throw new CairnException(ErrorKind.NotPermitted, "people.not-permitted", "Only the owner manages people and groups.",
                "Ask the workspace's owner.");
    }

    private async Task<User> EnterAsync(WriteSession session, string tenant, string name, IReadOnlyList<string> groups, string roles)
    {
        await PeopleStore.SaveUserAsync(session, tenant, name, Fold(name), roles, log.Now);
        await JoinAsync(session, tenant, name, groups);
        return await GetAsync(session, tenant, name);
    }

    private async Task JoinAsync(WriteSession session, string tenant, string user, IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
        {
            await EnsureGroupAsync(session, tenant, group);
            await PeopleStore.AddMemberAsync(session, tenant, group, Subject.ForUser(user));
        }
    }

    private async Task EnsureGroupAsync(WriteSession session, string tenant, string name)
    {
        Names.Check(name, "group");
        if (await PeopleStore.TakenGroupAsync(session, tenant, Fold(name)) is { } taken && taken != name)
            throw new CairnException(ErrorKind.Conflict, "group.exists", $"There is a group {taken} already.",
                $"Write it as {taken}, or choose another name.");
        await PeopleStore.AddGroupAsync(session, tenant, name, Fold(name), log.Now);
    }

    private static async Task CheckMembersAsync(Session session, string tenant, ImmutableArray<string> members)
    {
        var known = (await PeopleStore.UsersAsync(session, tenant)).Select(u => Subject.ForUser(u.Name))
            .Concat((await PeopleStore.GroupsAsync(session, tenant)).Select(Subject.ForGroup))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var member in members.Where(m => !known.Contains(m)))
            throw new CairnException(ErrorKind.Input, "group.member", $"`{member}` is no user and no group here.",
                "Write user:NAME or group:NAME of one that exists (cairn user list, cairn group list).");
    }

    private static async Task KeepAnOwnerAsync(Session session, string tenant)
    {
        if (!(await PeopleStore.UsersAsync(session, tenant)).Any(u => u.RoleNames.Contains(Roles.Owner)))
            throw new CairnException(ErrorKind.Conflict, "owner.last", "Nobody would own the workspace any more.",
                "Make somebody else an owner first.");
    }

    private static async Task<User> GetAsync(Session session, string tenant, string name)
        => await PeopleStore.FindUserAsync(session, tenant, name) is { } row
            ? ToUser(row, await MembershipAsync(session, tenant))
            : throw Unknown(name);

    internal static CairnException Unknown(string name)
        => new(ErrorKind.NotFound, "user.unknown", $"There is no user {name}.",
            $"See who there is (cairn user list), or add them: cairn user add {name}");

    private static CairnException Exists(string name)
        => new(ErrorKind.Conflict, "user.exists", $"There is a user {name} already.",
            $"Choose another name, or invite that one: cairn user link {name}");

    private static CairnException Removed(string name)
        => new(ErrorKind.Conflict, "user.removed",
            $"Somebody called {name} was removed; what they kept, and what rules allow to user:{name}, would be the new one's.",
            $"Choose another name. If it is the same person again: cairn user add {name} --restore (over HTTP: \"restore\": true)");

    private static CairnException NeverThere(string name)
        => new(ErrorKind.NotFound, "user.unknown", $"Nobody called {name} was removed, so there is nobody to restore.",
            $"Add them as somebody new: cairn user add {name}");

    private static async Task<Membership> MembershipAsync(Session session, string tenant)
        => new((await PeopleStore.MembersAsync(session, tenant)).Select(m => (m.Grp, m.Member)));

    private static string CheckRoles(IReadOnlyList<string> roles)
    {
        foreach (var role in roles.Where(r => !KnownRoles.Contains(r)))
            throw new CairnException(ErrorKind.Input, "user.role", $"There is no role `{role}`.", "Use owner, builder or member.");
        return string.Join(',', roles.Distinct().Order(StringComparer.Ordinal));
    }

    private static User ToUser(UserRow row, Membership membership) => new()
    {
        Name = row.Name,
        Roles = [.. row.RoleNames],
        Groups = membership.Direct(Subject.ForUser(row.Name)),
        Created = DateTimeOffset.FromUnixTimeMilliseconds(row.Created),
        SignedIn = row.SignedIn is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };

    private static string Fold(string name) => name.ToUpperInvariant();
}
