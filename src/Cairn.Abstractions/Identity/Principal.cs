using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Cairn.Abstractions;

/// <summary>
/// Who is calling, resolved: the tenant, the user (null for a visitor), every group the user is in (directly or through
/// another group) and the roles. Two principals with the same <see cref="Subjects"/> may read exactly the same things.
/// </summary>
public sealed record Principal
{
    public Principal()
    {
    }

    /// <summary>For <c>with</c>: everything but the cached subjects.</summary>
    [SetsRequiredMembers]
    private Principal(Principal other)
    {
        Tenant = other.Tenant;
        User = other.User;
        Groups = other.Groups;
        Roles = other.Roles;
    }

    public required string Tenant { get; init; }

    /// <summary>The user's name, or null for a visitor (nobody signed in).</summary>
    public string? User { get; init; }

    public ImmutableHashSet<string> Groups { get; init; } = [];

    public ImmutableHashSet<string> Roles { get; init; } = [];

    public bool IsOwner => Roles.Contains(Abstractions.Roles.Owner);

    /// <summary>
    /// The subjects this caller answers to, sorted: <c>public</c>, <c>everyone</c>, <c>user:N</c>, <c>group:N</c>, <c>role:N</c>.
    /// </summary>
    public ImmutableSortedSet<string> Subjects => _subjects ??= MakeSubjects();

    private ImmutableSortedSet<string>? _subjects;

    public static Principal Visitor(string tenant = Tenants.Default) => new() { Tenant = tenant };

    /// <summary>The workspace's owner, who is also the caller on the command line.</summary>
    public static Principal Owner(string user = "owner", string tenant = Tenants.Default)
        => new()
        {
            Tenant = tenant,
            User = user,
            Roles = [Abstractions.Roles.Owner, Abstractions.Roles.Builder, Abstractions.Roles.Member],
        };

    private ImmutableSortedSet<string> MakeSubjects()
    {
        var subjects = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        subjects.Add(Subject.Public);
        if (User is not null)
        {
            subjects.Add(Subject.Everyone);
            subjects.Add(Subject.ForUser(User));
        }
        foreach (var group in Groups)
            subjects.Add(Subject.ForGroup(group));
        foreach (var role in Roles)
            subjects.Add(Subject.ForRole(role));
        return subjects.ToImmutable();
    }

    public bool Equals(Principal? other)
        => other is not null && Tenant == other.Tenant && User == other.User && Groups.SetEquals(other.Groups)
            && Roles.SetEquals(other.Roles);

    public override int GetHashCode() => HashCode.Combine(Tenant, User, Groups.Count, Roles.Count);
}
