using Cairn.Models;
using Cairn.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.Server.Tests;

/// <summary>A cairn.yaml that changes while the server runs.</summary>
public sealed class WorkspaceWatchTests
{
    private const string Bare = "version: 1\nstorage: sqlite\n";

    private const string Reply = """{"id":"c1","choices":[{"index":0,"message":"""
        + """{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";

    [Fact]
    public async Task A_provider_that_is_written_into_the_file_serves_without_a_restart()
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        await using var server = await TestServer.StartAsync(settings: "version: 1\nstorage: sqlite\n");
        using var ann = await server.KeyClientAsync("ann");
        Assert.Equal((404, "model.unknown"), await AskAsync(ann));
        Write(server, $"version: 1\nstorage: sqlite\nmodels:\n  providers:\n    new: {{ kind: openai, baseUrl: \"http://127.0.0.1:"
            + $"{provider.Port}/v1\" }}\n  routes:\n    default: [ new/m ]\n");
        Watch(server).Look();
        Assert.Equal((200, null), await AskAsync(ann));
        Assert.Single(provider.Bodies);
    }

    [Fact]
    public async Task A_wrong_file_changes_nothing_and_is_told_until_it_is_mended()
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        var right = $"version: 1\nstorage: sqlite\nmodels:\n  providers:\n    one: {{ kind: openai, baseUrl: \"http://127.0.0.1:"
            + $"{provider.Port}/v1\" }}\n  routes:\n    default: [ one/m ]\n";
        await using var server = await TestServer.StartAsync(settings: right);
        using var ann = await server.KeyClientAsync("ann");
        using var owner = await server.BrowserAsync(server.Host.OwnerLink!);
        Write(server, right.Replace("kind: openai", "kind: opnai", StringComparison.Ordinal));
        Watch(server).Look();
        Assert.Equal((200, null), await AskAsync(ann));
        Assert.Contains("was changed and is not in force", await owner.GetStringAsync("/models"), StringComparison.Ordinal);
        var finding = Assert.Single(await Watch(server).CheckAsync(default));
        Assert.Equal(("cairn.yaml", DoctorStatus.Warning), (finding.Name, finding.Status));
        Assert.Contains("opnai", finding.Detail, StringComparison.Ordinal);
        Write(server, right.Replace("one", "other", StringComparison.Ordinal));
        Watch(server).Look();
        Assert.Equal((200, null), await AskAsync(ann));
        Assert.Equal((404, "model.unknown"), await AskAsync(ann, "one/m"));
        Assert.DoesNotContain("is not in force", await owner.GetStringAsync("/models"), StringComparison.Ordinal);
        Assert.Empty(await Watch(server).CheckAsync(default));
    }

    [Fact]
    public async Task A_mistake_is_logged_once_and_so_is_that_it_was_mended()
    {
        using var log = new CapturedLog();
        await using var server = await LoggedAsync(log);
        foreach (var text in new[] { "version: 2\n", Bare, Bare + "# a remark\n" })
        {
            Write(server, text);
            Watch(server).Look();
            Watch(server).Look();
        }
        Assert.Equal(["cairn.yaml was changed and is not in force", "cairn.yaml is mended: the providers and routes are in force."],
            Told(log).Select(l => l.Split(';')[0]));
    }

    [Fact]
    public async Task What_holds_only_from_the_next_start_is_named_until_the_file_says_again_what_is_in_force()
    {
        const string Waiting = "of budgets, sources was changed";
        using var log = new CapturedLog();
        await using var server = await LoggedAsync(log);
        Write(server, Bare + "sources:\n  docs: { path: ., access: [{ match: '**', allow: [group:hr] }] }\n"
            + "budgets: { unknownPrice: allow }\n");
        Watch(server).Look();
        Assert.Contains(Waiting, await FoundAsync(server), StringComparison.Ordinal);
        // A mistake beside does not hide it.
        Write(server, "version: 2\n");
        Watch(server).Look();
        Assert.Contains(Waiting, await FoundAsync(server), StringComparison.Ordinal);
        Write(server, "# Nothing but the layout differs.\nstorage: 'sqlite'\nversion: 1\n");
        Watch(server).Look();
        Assert.Empty(await Watch(server).CheckAsync(default));
        Assert.Equal(
            [
                "cairn.yaml was changed: what it says of budgets, sources holds from the next start",
                "cairn.yaml was changed and is not in force",
                "cairn.yaml is mended: the providers and routes are in force.",
                "cairn.yaml says again what is in force: nothing in it waits for the next start.",
            ],
            Told(log).Select(l => l.Split(';')[0]));
    }

    [Fact]
    public async Task A_script_that_is_edited_is_read_again_and_a_wrong_one_leaves_the_old()
    {
        const string Old = "version: 1\nturns: [{ reply: the old words }]\n";
        using var log = new CapturedLog();
        await using var server = await TestServer.StartAsync(options =>
        {
            File.WriteAllText(Path.Combine(options.Workspace, "demo.yaml"), Old);
            return options;
        }, Bare + "models:\n  providers: { demo: { kind: scripted, script: demo.yaml } }\n  routes: { default: [ demo/any ] }\n",
            services => services.AddSingleton<TimeProvider>(new ManualTime()).AddLogging(logging => logging.AddProvider(log)));
        using var ann = await server.KeyClientAsync("ann");
        Assert.Contains("the old words", await SaidAsync(ann), StringComparison.Ordinal);
        Script(Old.Replace("old", "new", StringComparison.Ordinal));
        Assert.Contains("the new words", await SaidAsync(ann), StringComparison.Ordinal);
        Script("version: 1\nturns: [{ rply: x }]\n");
        Assert.Contains("the new words", await SaidAsync(ann), StringComparison.Ordinal);
        var finding = Assert.Single(await Watch(server).CheckAsync(default));
        Assert.Equal("demo.yaml", finding.Name);
        Assert.Contains("rply", finding.Detail, StringComparison.Ordinal);
        Script(Old);
        Assert.Contains("the old words", await SaidAsync(ann), StringComparison.Ordinal);
        Assert.Empty(await Watch(server).CheckAsync(default));
        Assert.Equal(["demo.yaml was changed and is not in force", "demo.yaml is mended: the providers and routes are in force."],
            log.Lines.Where(l => l.StartsWith("demo.yaml", StringComparison.Ordinal)).Select(l => l.TrimEnd().Split(';')[0]));

        void Script(string text)
        {
            File.WriteAllText(Path.Combine(server.Workspace.Root, "demo.yaml"), text);
            Watch(server).Look();
            Watch(server).Look();
        }
    }

    [Fact]
    public async Task A_file_that_is_gone_changes_nothing()
    {
        await using var server = await TestServer.StartAsync(settings: "version: 1\nstorage: sqlite\n");
        var file = Path.Combine(server.Workspace.Root, "cairn.yaml");
        File.Move(file, file + ".old");
        Watch(server).Look();
        Assert.Contains("cairn.yaml does not exist", Assert.Single(await Watch(server).CheckAsync(default)).Detail,
            StringComparison.Ordinal);
        File.Move(file + ".old", file);
        Watch(server).Look();
        Assert.Empty(await Watch(server).CheckAsync(default));
    }

    [Fact]
    public async Task What_fails_in_a_way_that_nobody_thought_of_is_told_and_stops_nothing()
    {
        var models = new BreakingReload();
        await using var server = await TestServer.StartAsync(
            settings: "version: 1\nstorage: sqlite\n", replace: services => services.AddSingleton<IModelsReload>(models));
        for (var i = 1; i <= 2; i++)
        {
            Write(server, $"version: 1\nstorage: sqlite\n# {i}\n");
            Watch(server).Look();
            Watch(server).Look();
            Assert.Equal(i, models.Used);
            Assert.Contains("could not be put in force: a fault", Assert.Single(await Watch(server).CheckAsync(default)).Detail,
                StringComparison.Ordinal);
        }
        models.IsBroken = false;
        Write(server, "version: 1\nstorage: sqlite\n");
        Watch(server).Look();
        Assert.Empty(await Watch(server).CheckAsync(default));
    }

    [Fact]
    public async Task The_file_is_looked_at_again_and_again()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(
            settings: "version: 1\nstorage: sqlite\n", replace: services => services.AddSingleton<TimeProvider>(time));
        Write(server, "version: 2\n");
        var changed = server.Host.Services.GetRequiredService<ChangedWorkspace>();
        await GatewayServer.UntilAsync(() =>
        {
            time.Advance(WorkspaceWatch.Every);
            return changed.Refused is not null;
        });
    }

    private static WorkspaceWatch Watch(TestServer server) => server.Host.Services.GetRequiredService<WorkspaceWatch>();

    /// <summary>Its clock stands, so that nobody but the test looks at the file.</summary>
    private static Task<TestServer> LoggedAsync(CapturedLog log)
        => TestServer.StartAsync(settings: Bare, replace: services => services
            .AddSingleton<TimeProvider>(new ManualTime())
            .AddLogging(logging => logging.AddProvider(log)));

    private static IEnumerable<string> Told(CapturedLog log)
        => log.Lines.Where(l => l.StartsWith("cairn.yaml", StringComparison.Ordinal)).Select(l => l.TrimEnd());

    /// <summary>What the doctor of the running server says of the file.</summary>
    private static async Task<string> FoundAsync(TestServer server)
        => string.Join('\n', (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).GetProperty("checks").EnumerateArray()
            .Where(c => c.GetProperty("name").GetString() == "cairn.yaml")
            .Select(c => $"{c.GetProperty("status").GetString()}: {c.GetProperty("detail").GetString()}"));

    private static void Write(TestServer server, string text) => File.WriteAllText(Path.Combine(server.Workspace.Root, "cairn.yaml"), text);

    private static async Task<(int Status, string? Code)> AskAsync(HttpClient client, string model = "default")
    {
        using var response = await client.PostAsync("/v1/chat/completions", new StringContent(GatewayServer.Chat(false, model)));
        return response.IsSuccessStatusCode ? ((int)response.StatusCode, null) : await GatewayServer.ErrorAsync(response);
    }

    private static async Task<string> SaidAsync(HttpClient client)
    {
        using var response = await client.PostAsync("/v1/chat/completions", new StringContent(GatewayServer.Chat(false, "default")));
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class BreakingReload : IModelsReload
    {
        public bool IsBroken { get; set; } = true;

        public int Used { get; private set; }

        public void Use(ModelsDeclaration models)
        {
            Used++;
            if (IsBroken)
                throw new InvalidOperationException("a fault");
        }
    }
}
