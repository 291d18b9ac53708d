namespace Cairn.Identity;

/// <summary>
/// Users, and groups in groups. Changes need <see cref="Right.ManagePeople"/>, hold from the caller's next request, and are on record with
/// who made them.
/// </summary>
public interface IPeople
{
    /// <summary>Everybody who is not removed, by name.</summary>
    Task<IReadOnlyList<User>> UsersAsync(Principal caller, CancellationToken cancellationToken);

    /// <summary>Adds a user. Groups that do not exist are made.</summary>
    /// <exception cref="CairnException">
    /// The name is taken (also in another case), was a removed user's, or has characters that a rule can't name. A removed user's name is
    /// not given to somebody new, because what is private is found by it: see <see cref="RestoreUserAsync"/>.
    /// </exception>
    Task<User> AddUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>
    /// Brings a removed user (by their name, in any case) back with these groups and roles: the same person, who has again what was theirs.
    /// The sessions, keys and links that they had before stay ended.
    /// </summary>
    /// <exception cref="CairnException">Nobody of that name was removed, or they are there.</exception>
    Task<User> RestoreUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Replaces the groups that the user is in directly; groups that do not exist are made.</summary>
    Task<User> SetGroupsAsync(Principal caller, string name, IReadOnlyList<string> groups, CancellationToken cancellationToken);

    /// <exception cref="CairnException">An unknown role, or nobody would be owner any more.</exception>
    Task<User> SetRolesAsync(Principal caller, string name, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the user's sessions, keys, links and memberships, and lets nobody sign in by that name. What the user wrote stays, for their
    /// return (<see cref="RestoreUserAsync"/>) alone.
    /// </summary>
    Task RemoveUserAsync(Principal caller, string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<Group>> GroupsAsync(Principal caller, CancellationToken cancellationToken);

    /// <summary>Makes the group, if need be, and replaces its members.</summary>
    /// <exception cref="CairnException">A member does not exist, or the group would contain itself.</exception>
    Task<Group> SetMembersAsync(Principal caller, string name, IReadOnlyList<string> members, CancellationToken cancellationToken);
}
