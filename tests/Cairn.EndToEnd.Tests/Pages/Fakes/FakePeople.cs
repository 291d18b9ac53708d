using Cairn.Identity;

namespace Cairn.EndToEnd.Tests;

/// <summary>The harbour's people, in memory; everybody's rights follow from the owner role alone.</summary>
internal sealed class FakePeople : IPeople, ISignInLinks, IAccess, ISubjects
{
    private readonly List<User> _users =
    [
        new User
        {
            Name = "anna",
            Roles = [Roles.Owner, Roles.Builder],
            Groups = ["management"],
            Created = HarbourPapers.Now.AddDays(-90),
            SignedIn = HarbourPapers.Now.AddMinutes(-4),
        },
        new User { Name = "conor", Groups = [], Created = HarbourPapers.Now.AddDays(-30), SignedIn = HarbourPapers.Now.AddDays(-1) },
        new User { Name = "rosa", Groups = ["hr", "legal"], Created = HarbourPapers.Now.AddDays(-30) },
    ];

    public Task<IReadOnlyList<User>> UsersAsync(Principal caller, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<User>>([.. _users]);

    public Task<User> AddUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (_users.Any(u => u.Name == name))
            throw new CairnException(ErrorKind.Conflict, "user.taken", $"There is somebody called {name} already.",
                "Choose another name, or make a new link for them below.");
        var user = new User { Name = name, Groups = [.. groups], Roles = [.. roles], Created = HarbourPapers.Now };
        _users.Add(user);
        return Task.FromResult(user);
    }

    public Task<User> RestoreUserAsync(
        Principal caller, string name, IReadOnlyList<string> groups, IReadOnlyList<string> roles, CancellationToken cancellationToken)
        => AddUserAsync(caller, name, groups, roles, cancellationToken);

    public Task<User> SetGroupsAsync(Principal caller, string name, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        var at = _users.FindIndex(u => u.Name == name);
        return Task.FromResult(_users[at] = _users[at] with { Groups = [.. groups] });
    }

    public Task<User> SetRolesAsync(
        Principal caller, string name, IReadOnlyList<string> roles,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveUserAsync(Principal caller, string name, CancellationToken cancellationToken)
    {
        _users.RemoveAll(u => u.Name == name);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Group>> GroupsAsync(Principal caller, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<Group>>([.. _users.SelectMany(u => u.Groups.Select(g => (Group: g, User: u.Name)))
            .GroupBy(p => p.Group).Select(g => new Group(g.Key, [.. g.Select(p => Subject.ForUser(p.User))]))]);

    public Task<Group> SetMembersAsync(
        Principal caller, string name, IReadOnlyList<string> members,
        CancellationToken cancellationToken) => Task.FromResult(new Group(name, [.. members]));

    public Task<SignInLink> CreateAsync(Principal caller, string user, CancellationToken cancellationToken)
        => Task.FromResult(new SignInLink(user, "2f7kq0s8d1m6c9x4v3b5n7z2t8w1r6y4", HarbourPapers.Now.AddDays(7)));

    public Task<string?> PeekAsync(string token, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<NewSession> RedeemAsync(string token, CancellationToken cancellationToken)
        => throw new CairnException(ErrorKind.NotPermitted, "link.expired", "This sign-in link has expired.",
            "Ask the workspace's owner for a new one.");

    public Task<Principal?> ResolveAsync(string tenant, string user, CancellationToken cancellationToken)
        => Task.FromResult(_users.Find(u => u.Name == user) is { } known
        ? new Principal { Tenant = tenant, User = known.Name, Groups = [.. known.Groups], Roles = [.. known.Roles] }
        : null);

    public bool MayRead(Principal caller, AccessSet access) => access.Allows(caller);

    public bool May(Principal caller, Right right) => caller.User is not null && (right == Right.Use || caller.IsOwner);

    public Task<IReadOnlyList<string>> WarningsAsync(string tenant, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([]);
}
