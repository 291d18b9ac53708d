using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class GroupCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The group's name" };
    private static readonly Argument<string[]> Members = new("MEMBER")
    {
        Description = "user:NAME or group:NAME, each a member; nothing else stays one",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
        => new CairnCommand("group", "Groups, which may be in groups: set members, list", "cairn group set management user:ann group:board")
    {
        new CairnCommand("set", "Set a group's members", "cairn group set management user:ann group:board") { Name, Members }
            .Runs(SetAsync),
        new CairnCommand("list", "Show every group and its members", "cairn group list").Runs(ListAsync),
    };

    private static async Task<int> SetAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var members = new JsonArray([.. invocation.Value(Members).Select(m => JsonValue.Create(m))]);
        var group = await connection.Api.SendAsync(HttpMethod.Put, $"groups/{Uri.EscapeDataString(invocation.Value(Name))}/members",
            new JsonObject { ["members"] = members }, null, cancellationToken);
        if (invocation.Json)
            invocation.PrintJson(group);
        else
            invocation.Output.WriteLine($"{invocation.Value(Name)} has {invocation.Value(Members).Length} members now.");
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var groups = await connection.Api.GetAsync("groups", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(groups);
            return ExitCodes.Done;
        }
        foreach (var group in groups.GetProperty("groups").EnumerateArray())
            invocation.Output.WriteLine(
                $"{group.GetProperty("name").GetString(),-20} {string.Join(", ", group.GetProperty("members").EnumerateArray().Select(m => m.GetString()))}");
        return ExitCodes.Done;
    }
}
