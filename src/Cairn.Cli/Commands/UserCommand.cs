using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class UserCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The user's name" };
    private static readonly Option<string[]> Groups = new("--group")
    {
        Description = "A group the user is in (may be given again); made when it does not exist",
        HelpName = "GROUP",
    };

    private static readonly Option<bool> Restore = new("--restore")
    {
        Description = "It is the removed user of this name again: what was theirs is theirs again",
    };

    public static Command Create() => new CairnCommand("user", "People: add, list, invite by link", "cairn user add ann --group legal")
    {
        new CairnCommand("add", "Add a user", "cairn user add ann --group legal --group berths") { Name, Groups, Restore }
            .Runs(AddAsync),
        new CairnCommand("link", "Make a one-time sign-in or invitation link", "cairn user link ann") { Name }.Runs(LinkAsync),
        new CairnCommand("list", "Show everybody, their groups and roles", "cairn user list").Runs(ListAsync),
    };

    private static async Task<int> AddAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var groups = new JsonArray([.. invocation.Value(Groups).Select(g => JsonValue.Create(g))]);
        var restore = invocation.Value(Restore);
        var user = await connection.Api.PostAsync("users",
            new JsonObject { ["name"] = invocation.Value(Name), ["groups"] = groups, ["restore"] = restore }, null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(user);
        else
        {
            var name = user.GetProperty("name").GetString();
            invocation.Output.WriteLine(
                CommandHint.In($"{name} is a user {(restore ? "again" : "now")}. Invite them: cairn user link {name}"));
        }
        return ExitCodes.Done;
    }

    private static async Task<int> LinkAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var link = await connection.Api.PostAsync($"users/{Uri.EscapeDataString(invocation.Value(Name))}/link", null, null,
            cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(link);
            return ExitCodes.Done;
        }
        invocation.Output.WriteLine(link.GetProperty("link").GetString());
        invocation.Error.WriteLine($"It works once, until {Moment.Of(link.GetProperty("expires"))}.");
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var people = await connection.Api.GetAsync("users", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(people);
            return ExitCodes.Done;
        }
        foreach (var user in people.GetProperty("users").EnumerateArray())
        {
            var groups = user.TryGetProperty("groups", out var g) ? string.Join(", ", g.EnumerateArray().Select(x => x.GetString())) : "";
            var roles = user.TryGetProperty("roles", out var r) ? string.Join(", ", r.EnumerateArray().Select(x => x.GetString())) : "";
            invocation.Output.WriteLine($"{user.GetProperty("name").GetString(),-20} {roles,-24} {groups}");
        }
        return ExitCodes.Done;
    }
}
