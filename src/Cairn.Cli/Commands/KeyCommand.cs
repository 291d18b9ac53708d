using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class KeyCommand
{
    private static readonly Option<string> User = new("--user")
    {
        Description = "Whose rights the key has",
        HelpName = "NAME",
        Required = true,
    };
    private static readonly Argument<string> Id = new("ID") { Description = "The key's id, as `cairn key list` shows it" };

    public static Command Create() => new CairnCommand("key", "API keys: create, list, revoke", "cairn key create --user ann")
    {
        new CairnCommand("create", "Make an API key; it is shown once", "cairn key create --user ann --json") { User }.Runs(CreateAsync),
        new CairnCommand("list", "Show every key's id, owner and last use", "cairn key list").Runs(ListAsync),
        new CairnCommand("revoke", "End a key at once", "cairn key revoke 01jd8w0v3e5r7t9y2q4s6d8f0g") { Id }.Runs(RevokeAsync),
    };

    private static async Task<int> CreateAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var key = await connection.Api.PostAsync("keys", new JsonObject { ["user"] = invocation.Value(User) }, null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(key);
            return ExitCodes.Done;
        }
        invocation.Output.WriteLine(key.GetProperty("key").GetString());
        invocation.Error.WriteLine($"Keep it: it is not shown again. Revoke it with: cairn key revoke {key.GetProperty("id").GetString()}");
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var keys = await connection.Api.GetAsync("keys", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(keys);
            return ExitCodes.Done;
        }
        foreach (var key in keys.GetProperty("keys").EnumerateArray())
        {
            var used = key.TryGetProperty("lastUsed", out var at) && at.ValueKind == JsonValueKind.String
                ? "last used " + Moment.Of(at)
                : "never used";
            invocation.Output.WriteLine($"{key.GetProperty("id").GetString()}  {key.GetProperty("user").GetString(),-20} {used}");
        }
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        await connection.Api.SendAsync(HttpMethod.Delete, "keys/" + Uri.EscapeDataString(invocation.Value(Id)), null, null,
            cancellationToken);
        if (invocation.Json)
            invocation.Output.WriteLine(new JsonObject { ["revoked"] = invocation.Value(Id) }.ToJsonString());
        else
            invocation.Output.WriteLine("Revoked.");
        return ExitCodes.Done;
    }
}
