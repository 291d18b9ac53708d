using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Cli.Commands;

internal static class ModelKeyCommand
{
    private static readonly Argument<string> Provider =
        new("PROVIDER") { Description = "The provider in cairn.yaml, or the NAME of ${secret:NAME}" };

    public static Command Create()
        => new CairnCommand("key", "Providers' keys, kept encrypted in the workspace: set, list, remove", "cairn models key set openai")
    {
        new CairnCommand("set", "Store a key, read from standard input or typed unseen; never from an argument",
            "cairn models key set openai\ncairn models key set openai < key.txt") { Provider }.Runs(SetAsync),
        new CairnCommand("list", "Show which keys are stored, masked", "cairn models key list").Runs(ListAsync),
        new CairnCommand("remove", "Remove a stored key", "cairn models key remove openai") { Provider }.Runs(RemoveAsync),
    };

    private static async Task<int> SetAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var provider = invocation.Value(Provider);
        var value = Console.IsInputRedirected
            ? await Console.In.ReadToEndAsync(cancellationToken)
            : HiddenInput.Read(invocation.Error, $"Key for {provider} (not shown): ");
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var set = await connection.Api.SendAsync(HttpMethod.Put, "models/keys/" + Uri.EscapeDataString(provider),
            new JsonObject { ["value"] = value }, null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(set);
            return ExitCodes.Done;
        }
        invocation.Output.WriteLine($"{set.GetProperty("secret").GetString()}  {set.GetProperty("masked").GetString()}");
        if (set.TryGetProperty("yaml", out var yaml) && yaml.ValueKind == JsonValueKind.String)
            invocation.Error.WriteLine("Stored. To use it, add to cairn.yaml (read again within seconds):"
                + $"{Environment.NewLine}{Environment.NewLine}{yaml.GetString()}");
        else
            invocation.Error.WriteLine("Stored; it is used from the next call on.");
        return ExitCodes.Done;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        var response = await connection.Api.GetAsync("models/keys", null, cancellationToken);
        if (invocation.Json)
        {
            invocation.PrintJson(response);
            return ExitCodes.Done;
        }
        if (response.GetProperty("keys").GetArrayLength() == 0)
            invocation.Error.WriteLine("No key is stored. Store one: cairn models key set PROVIDER");
        foreach (var key in response.GetProperty("keys").EnumerateArray())
        {
            var (name, masked) = (key.GetProperty("name").GetString(), key.GetProperty("masked").GetString());
            invocation.Output.WriteLine($"{name,-24} {masked,-10} {Moment.Of(key.GetProperty("changed"))}");
        }
        return ExitCodes.Done;
    }

    private static async Task<int> RemoveAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await invocation.ConnectAsync(cancellationToken);
        await connection.Api.SendAsync(HttpMethod.Delete, "models/keys/" + Uri.EscapeDataString(invocation.Value(Provider)), null, null,
            cancellationToken);
        if (invocation.Json)
            invocation.Output.WriteLine(new JsonObject { ["removed"] = invocation.Value(Provider) }.ToJsonString());
        else
            invocation.Output.WriteLine("Removed.");
        return ExitCodes.Done;
    }
}
