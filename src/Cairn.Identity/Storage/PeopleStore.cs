using Cairn.Storage;

namespace Cairn.Identity;

/// <summary>
/// Users, groups and members in the database. A change first takes the tenant's version row, so changes of one tenant run one after
/// another.
/// </summary>
internal static class PeopleStore
{
    public static async Task<long> VersionAsync(Session session, string tenant)
        => await session.FindAsync<long?>("SELECT version FROM identity_versions WHERE tenant = @tenant", new { tenant }) ?? 0;

    public static Task BumpAsync(WriteSession session, string tenant)
        => session.ExecuteAsync("""
            INSERT INTO identity_versions (tenant, version) VALUES (@tenant, 1)
            ON CONFLICT (tenant) DO UPDATE SET version = identity_versions.version + 1
            """, new { tenant });

    public static Task<IReadOnlyList<UserRow>> UsersAsync(Session session, string tenant)
        => session.QueryAsync<UserRow>(
            "SELECT name, roles, created, signed_in AS SignedIn FROM users WHERE tenant = @tenant AND removed IS NULL ORDER BY name",
            new { tenant });

    public static Task<UserRow?> FindUserAsync(Session session, string tenant, string name)
        => session.FindAsync<UserRow>(
            "SELECT name, roles, created, signed_in AS SignedIn FROM users WHERE tenant = @tenant AND name = @name AND removed IS NULL",
            new { tenant, name });

    /// <summary>The name under which the folded name is taken, by a user who is there (<c>removed</c> null) or removed.</summary>
    public static Task<string?> TakenAsync(Session session, string tenant, string folded)
        => session.FindAsync<string>("SELECT name FROM users WHERE tenant = @tenant AND folded = @folded", new { tenant, folded });

    public static Task SaveUserAsync(WriteSession session, string tenant, string name, string folded, string roles, long now)
        => session.ExecuteAsync("""
            INSERT INTO users (tenant, name, folded, roles, created) VALUES (@tenant, @name, @folded, @roles, @now)
            ON CONFLICT (tenant, name) DO UPDATE SET roles = @roles, removed = NULL
            """, new { tenant, name, folded, roles, now });

    public static Task SetRolesAsync(WriteSession session, string tenant, string name, string roles)
        => session.ExecuteAsync("UPDATE users SET roles = @roles WHERE tenant = @tenant AND name = @name", new { tenant, name, roles });

    public static Task SignedInAsync(WriteSession session, string tenant, string name, long now)
        => session.ExecuteAsync("UPDATE users SET signed_in = COALESCE(signed_in, @now) WHERE tenant = @tenant AND name = @name",
            new { tenant, name, now });

    public static Task RemoveUserAsync(WriteSession session, string tenant, string name, long now)
        => session.ExecuteAsync("UPDATE users SET removed = @now WHERE tenant = @tenant AND name = @name", new { tenant, name, now });

    public static Task<IReadOnlyList<string>> GroupsAsync(Session session, string tenant)
        => session.QueryAsync<string>("SELECT name FROM user_groups WHERE tenant = @tenant ORDER BY name", new { tenant });

    public static Task<string?> TakenGroupAsync(Session session, string tenant, string folded)
        => session.FindAsync<string>("SELECT name FROM user_groups WHERE tenant = @tenant AND folded = @folded", new { tenant, folded });

    public static Task AddGroupAsync(WriteSession session, string tenant, string name, string folded, long now)
        => session.ExecuteAsync("""
            INSERT INTO user_groups (tenant, name, folded, created) VALUES (@tenant, @name, @folded, @now)
            ON CONFLICT (tenant, name) DO NOTHING
            """, new { tenant, name, folded, now });

    public static Task<IReadOnlyList<MemberRow>> MembersAsync(Session session, string tenant)
        => session.QueryAsync<MemberRow>("SELECT grp, member FROM group_members WHERE tenant = @tenant ORDER BY grp, member",
            new { tenant });

    public static Task AddMemberAsync(WriteSession session, string tenant, string group, string member)
        => session.ExecuteAsync(
            "INSERT INTO group_members (tenant, grp, member) VALUES (@tenant, @group, @member) ON CONFLICT (tenant, grp, member) DO NOTHING", new { tenant, group, member });

    public static Task ClearMembersAsync(WriteSession session, string tenant, string group)
        => session.ExecuteAsync("DELETE FROM group_members WHERE tenant = @tenant AND grp = @group", new { tenant, group });

    public static Task LeaveAllAsync(WriteSession session, string tenant, string member)
        => session.ExecuteAsync("DELETE FROM group_members WHERE tenant = @tenant AND member = @member", new { tenant, member });

    public static Task RecordAsync(
        WriteSession session, string id, string tenant, long at, string actor, string action, string subject, string detail)
        => session.ExecuteAsync("""
            INSERT INTO identity_events (id, tenant, at, actor, action, subject, detail) VALUES (@id, @tenant, @at, @actor, @action, @subject, @detail)
            """, new { id, tenant, at, actor, action, subject, detail });
}
