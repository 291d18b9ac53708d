using Cairn.Identity;

namespace Cairn.Server;

/// <summary>People, groups in groups, and one-time links.</summary>
internal static class PeopleApi
{
    public static void MapPeopleApi(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("").Requires(Right.ManagePeople).WithTags("people");
        people.MapGet("/users", UsersAsync).WithSummary("Everybody, with groups and roles");
        people.MapPost("/users", AddAsync).WithSummary("Add a user, or restore a removed one");
        people.MapPut("/users/{name}/groups", SetGroupsAsync).WithSummary("Replace the groups a user is in");
        people.MapPut("/users/{name}/roles", SetRolesAsync).WithSummary("Replace a user's roles");
        people.MapDelete("/users/{name}", RemoveAsync).WithSummary("Remove a user, and end their sessions, keys and links");
        people.MapPost("/users/{name}/link", LinkAsync).WithSummary("Make a one-time sign-in link");
        people.MapGet("/groups", GroupsAsync).WithSummary("Every group and its direct members");
        people.MapPost("/groups", MakeGroupAsync).WithSummary("Make a group");
        people.MapPut("/groups/{name}/members", SetMembersAsync)
            .WithSummary("Replace a group's members; makes the group when it does not exist");
        api.MapGet("/me", Me).WithTags("people").WithSummary("Who calls, with groups, roles and rights");
    }

    private static async Task<UsersResponse> UsersAsync(Principal caller, IPeople people, CancellationToken cancellationToken)
        => new(await people.UsersAsync(caller, cancellationToken));

    private static Task<User> AddAsync(AddUserRequest body, Principal caller, IPeople people, CancellationToken cancellationToken)
        => body.Restore
            ? people.RestoreUserAsync(caller, body.Name, body.Groups ?? [], body.Roles ?? [], cancellationToken)
            : people.AddUserAsync(caller, body.Name, body.Groups ?? [], body.Roles ?? [], cancellationToken);

    private static Task<User> SetGroupsAsync(
        string name, GroupNames body, Principal caller, IPeople people, CancellationToken cancellationToken)
        => people.SetGroupsAsync(caller, name, body.Groups, cancellationToken);

    private static Task<User> SetRolesAsync(
        string name, RoleNames body, Principal caller, IPeople people, CancellationToken cancellationToken)
        => people.SetRolesAsync(caller, name, body.Roles, cancellationToken);

    private static async Task<IResult> RemoveAsync(string name, Principal caller, IPeople people, CancellationToken cancellationToken)
    {
        await people.RemoveUserAsync(caller, name, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<LinkResponse> LinkAsync(
        string name, Principal caller, ISignInLinks links, ServerAddress address, CancellationToken cancellationToken)
    {
        var link = await links.CreateAsync(caller, name, cancellationToken);
        return new LinkResponse { User = link.User, Link = address.SignIn(link).ToString(), Expires = link.Expires };
    }

    private static async Task<GroupsResponse> GroupsAsync(Principal caller, IPeople people, CancellationToken cancellationToken)
        => new(await people.GroupsAsync(caller, cancellationToken));

    private static Task<Group> MakeGroupAsync(AddGroupRequest body, Principal caller, IPeople people, CancellationToken cancellationToken)
        => people.SetMembersAsync(caller, body.Name, body.Members ?? [], cancellationToken);

    private static Task<Group> SetMembersAsync(
        string name, GroupMembers body, Principal caller, IPeople people, CancellationToken cancellationToken)
        => people.SetMembersAsync(caller, name, body.Members, cancellationToken);

    private static MeResponse Me(Principal caller, IAccess access) => new()
    {
        User = caller.User!,
        Groups = [.. caller.Groups.Order(StringComparer.Ordinal)],
        Roles = [.. caller.Roles.Order(StringComparer.Ordinal)],
        Rights = [.. Enum.GetValues<Right>().Where(r => access.May(caller, r))
            .Select(r => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(r.ToString()))],
    };
}
