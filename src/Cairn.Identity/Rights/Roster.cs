using System.Collections.Immutable;

namespace Cairn.Identity;

/// <summary>Everybody of one tenant at one version, with groups expanded.</summary>
internal sealed class Roster
{
    private readonly ImmutableDictionary<string, Principal> _principals;

    public Roster(string tenant, long version, IEnumerable<UserRow> users, IEnumerable<MemberRow> members)
    {
        Version = version;
        var membership = new Membership(members.Select(m => (m.Grp, m.Member)));
        _principals = users.ToImmutableDictionary(
            u => u.Name,
            u => new Principal
            {
                Tenant = tenant,
                User = u.Name,
                Groups = membership.All(Subject.ForUser(u.Name)),
                Roles = Implied(u.RoleNames),
            },
            StringComparer.Ordinal);
    }

    public long Version { get; }

    /// <summary>
    /// An owner is also a builder, a builder also a member, so that <c>role:member</c> in a rule means everybody who was invited.
    /// </summary>
    private static ImmutableHashSet<string> Implied(IEnumerable<string> given)
    {
        var roles = ImmutableHashSet.CreateRange(StringComparer.Ordinal, given);
        if (roles.Contains(Roles.Owner))
            roles = roles.Add(Roles.Builder);
        return roles.Contains(Roles.Builder) ? roles.Add(Roles.Member) : roles;
    }

    public Principal? Principal(string user) => _principals.GetValueOrDefault(user);
}
