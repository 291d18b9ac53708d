namespace Cairn.Identity;

/// <summary>
/// Users, and groups in groups. Changes need <see cref="Right.ManagePeople"/>, hold from the caller's next request, and are on record with
/// who made them.
/// </summary>
public interface IPeople
{
    /// <summary>Everybody who is not removed, by name.</summary>
    Task<IReadOnlyList<User>> UsersAsync(Principal caller, CancellationToken cancellationToken);

    /// <summary>Adds a user, or brings a removed one back with these groups and roles. Groups that do not exist are made.</summary>
    /// <exception cref="CairnException">The name is taken (also in another case) or has characters that a rule can't name.</exception>
    Task<User> AddUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Replaces the groups that the user is in directly; groups that do not exist are made.</summary>
    Task<User> SetGroupsAsync(Principal caller, string name, IReadOnlyList<string> groups, CancellationToken cancellationToken);

    /// <exception cref="CairnException">An unknown role, or nobody would be owner any more.</exception>
    Task<User> SetRolesAsync(Principal caller, string name, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Ends the user's sessions, keys and links, and lets nobody sign in by that name. What the user wrote stays.</summary>
    Task RemoveUserAsync(Principal caller, string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<Group>> GroupsAsync(Principal caller, CancellationToken cancellationToken);

    /// <summary>Makes the group, if need be, and replaces its members.</summary>
    /// <exception cref="CairnException">A member does not exist, or the group would contain itself.</exception>
    Task<Group> SetMembersAsync(Principal caller, string name, IReadOnlyList<string> members, CancellationToken cancellationToken);
}
