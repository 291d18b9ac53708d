using System.Net.Http.Json;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.Server.Tests;

public sealed class GroupsCheckTests
{
    private const string Settings = """
        version: 1
        storage: sqlite
        sources:
          notes: { path: ., access: [{ match: '**', allow: [group:legal, everyone], deny: [group:tempps] }] }
        budgets:
          spend: [ { for: "group:lagal", day: 1 } ]
        limits:
          calls: [ { for: "group:lagal", requests: 10 } ]

        """;

    [Fact]
    public async Task A_group_that_nobody_made_is_a_warning_with_those_that_there_are()
    {
        await using var server = await TestServer.StartAsync(settings: Settings);
        var found = (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).GetProperty("checks").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "groups");
        Assert.Equal("ok|cairn.yaml names groups (lagal, legal, tempps), and there is none yet: their rules meet nobody.",
            $"{found.GetProperty("status").GetString()}|{found.GetProperty("detail").GetString()}");
        using var ann = await server.KeyClientAsync("ann", "legal", "board");
        Assert.Equal(
            [
                "group lagal|warning|cairn.yaml names the group 'lagal' (budgets, limits), and there is no such group; "
                    + "there are board, legal.|Did you mean 'legal'? Else make it: cairn group set lagal user:NAME",
                "group tempps|warning|cairn.yaml names the group 'tempps' (sources.notes), and there is no such group; "
                    + "there are board, legal.|Correct cairn.yaml, or make it: cairn group set tempps user:NAME",
            ], await FoundAsync(server));
        using var made = await server.Owner.PutAsJsonAsync("/api/v1/groups/lagal/members", new { members = new[] { "user:ann" } });
        Assert.True(made.IsSuccessStatusCode);
        Assert.StartsWith("group tempps", Assert.Single(await FoundAsync(server)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_it_once_there_are_groups_and_again_only_of_what_a_changed_file_adds()
    {
        using var log = new CapturedLog();
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(settings: Settings, replace: services => services
            .AddSingleton<TimeProvider>(time).AddLogging(logging => logging.AddProvider(log)));
        using var ann = await server.KeyClientAsync("ann", "legal");
        await ChangeAsync("staff");
        await ChangeAsync("nobody");
        // The first look at the file may come before ann's group or after it; then it tells of 'tempps' too.
        Assert.Equal(["'lagal'", "'staff'", "'nobody'"], Told().Select(l => l.Split(' ')[4]).Where(g => g != "'tempps'"));

        async Task ChangeAsync(string group)
        {
            await File.WriteAllTextAsync(Path.Combine(server.Workspace.Root, "cairn.yaml"),
                Settings.Replace("tempps", group, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await GatewayServer.UntilAsync(() =>
            {
                time.Advance(WorkspaceWatch.Every);
                return Told().Any(l => l.Contains($"'{group}'", StringComparison.Ordinal));
            });
        }

        IEnumerable<string> Told() => log.Lines.Where(l => l.StartsWith("cairn.yaml names the group", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> FoundAsync(TestServer server)
        => (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).GetProperty("checks").EnumerateArray()
            .Where(c => c.GetProperty("name").GetString()!.StartsWith("group ", StringComparison.Ordinal))
            .Select(c => string.Join('|', new[] { "name", "status", "detail", "fix" }.Select(f => c.GetProperty(f).GetString())));
}
