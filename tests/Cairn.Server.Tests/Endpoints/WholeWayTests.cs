using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Server.Tests;

/// <summary>A question's whole way over HTTP, with everything real: files, index, floor, conversations, traces.</summary>
public sealed class WholeWayTests
{
    private const string Settings = """
        version: 1
        storage: sqlite
        sources:
          papers:
            kind: folder
            path: ./papers
            access:
              - { match: "hr/**", allow: [group:hr] }
              - { match: "**", allow: [everyone] }
        """;

    [Theory, Engines]
    public async Task An_answer_cites_exactly_what_its_document_says(DatabaseEngine engine)
    {
        await using var database = engine == DatabaseEngine.PostgreSql ? await TestDatabase.OpenAsync(engine) : null;
        await using var server = await StartAsync(database?.Options.Target);
        var described = (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).GetProperty("checks").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "database");
        Assert.StartsWith(engine == DatabaseEngine.Sqlite ? "SQLite" : "PostgreSQL", described.GetProperty("detail").GetString());

        var answer = await TestServer.PostAsync(server.Owner, "/api/v1/apps/assistant/ask",
            new { question = "How many days of notice does a berth for a large ship need?" });

        Assert.Equal(("answered", "extractive"), (answer.GetProperty("status").GetString(), answer.GetProperty("engine").GetString()));
        var citation = answer.GetProperty("citations")[0];
        var text = await TestServer.GetAsync(server.Owner,
            $"/api/v1/documents/{citation.GetProperty("document").GetString()}/text?version={citation.GetProperty("version").GetInt32()}");
        Assert.Equal(citation.GetProperty("quote").GetString(),
            text.GetProperty("text").GetString()![citation.GetProperty("start").GetInt32()..citation.GetProperty("end").GetInt32()]);
        Assert.Contains("four days", citation.GetProperty("quote").GetString());

        var trace = await TestServer.GetAsync(server.Owner, "/api/v1/traces/" + answer.GetProperty("traceId").GetString());
        Assert.Contains(trace.GetProperty("spans").EnumerateArray(), s => s.GetProperty("name").GetString() == "retrieve");
    }

    [Fact]
    public async Task The_same_question_is_missing_for_who_may_not_see_what_answers_it()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        using var hanna = await server.KeyClientAsync("hanna", "hr");
        var question = new { question = "What is the salary of the harbour master?" };

        Assert.Equal("answered",
            (await TestServer.PostAsync(hanna, "/api/v1/apps/assistant/ask", question)).GetProperty("status").GetString());
        var missing = await TestServer.PostAsync(ann, "/api/v1/apps/assistant/ask", question);
        Assert.Equal("missing", missing.GetProperty("status").GetString());
        Assert.DoesNotContain("91,000", missing.ToString());
    }

    [Fact]
    public async Task A_saved_conversation_is_its_caller_s_own()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        using var bob = await server.KeyClientAsync("bob");

        var events = await AskAsync(ann, new { question = "How many days of notice does a berth need?", save = true });
        Assert.Equal("step", events[0].EventType);
        Assert.Contains(events, e => e.EventType == "citation");
        Assert.Equal("done", events[^1].EventType);
        using var done = JsonDocument.Parse(events[^1].Data);
        var id = done.RootElement.GetProperty("conversation").GetString();

        var messages = (await TestServer.GetAsync(ann, $"/api/v1/conversations/{id}")).GetProperty("messages");
        Assert.Equal(["user", "assistant"], messages.EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal(id, (await TestServer.GetAsync(ann, "/api/v1/conversations")).GetProperty("conversations")[0].GetProperty("id")
            .GetString());
        Assert.Equal(0, (await TestServer.GetAsync(bob, "/api/v1/conversations")).GetProperty("conversations").GetArrayLength());
        Assert.Equal(0, (await TestServer.GetAsync(server.Owner, "/api/v1/conversations")).GetProperty("conversations").GetArrayLength());
        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("POST", "/restore"), ("PATCH", "") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/conversations/{id}{path}") { Content = method
                == "PATCH" ? JsonContent.Create(new { title = "Mine" }) : null };
            Assert.Equal(404, (await TestServer.ProblemAsync(await bob.SendAsync(request))).Status);
        }
        Assert.Equal(404, (await TestServer.ProblemAsync(await bob.PostAsJsonAsync("/api/v1/apps/assistant/ask",
            new { question = "And then?", conversation = id, save = true }))).Status);
        Assert.Equal(404, (await TestServer.ProblemAsync(await bob.GetAsync("/api/v1/traces/"
            + done.RootElement.GetProperty("traceId").GetString()))).Status);

        using (var renamed = await ann.PatchAsJsonAsync($"/api/v1/conversations/{id}", new { title = "Berths" }))
            Assert.Equal(HttpStatusCode.NoContent, renamed.StatusCode);
        Assert.Equal("Berths", (await TestServer.GetAsync(ann, $"/api/v1/conversations/{id}")).GetProperty("conversation")
            .GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("   ", 400)]
    public async Task An_empty_question_is_refused(string question, int status)
    {
        await using var server = await StartAsync();

        Assert.Equal(status, (await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/apps/assistant/ask",
            new { question }))).Status);
    }

    [Fact]
    public async Task A_question_of_100_kB_and_an_unknown_app_are_refused()
    {
        await using var server = await StartAsync();

        var (status, _) = await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/apps/assistant/ask",
            new { question = new string('x', 100_000) }));
        Assert.True(status is 400 or 413);
        Assert.Equal((404, "app.unknown"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/apps/assistent/ask", new { question = "When?" })));
    }

    [Fact]
    public async Task What_can_answer_is_told_and_details_only_to_who_operates()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");

        Assert.Equal("assistant", (await TestServer.GetAsync(ann, "/api/v1/apps")).GetProperty("apps")[0].GetProperty("name").GetString());
        var engines = await TestServer.GetAsync(ann, "/api/v1/engines");
        Assert.Equal(("extractive", 0), (engines.GetProperty("floor").GetString(), engines.GetProperty("found").GetArrayLength()));
    }

    [Fact]
    public async Task A_connection_string_that_is_not_there_is_named_without_its_value()
    {
        var error =
            await Assert.ThrowsAsync<CairnException>(() => TestServer.StartAsync(settings: "version: 1\nstorage: ${secret:nothing}\n"));

        Assert.Equal(("storage.unresolved", ErrorKind.Environment), (error.Code, error.Kind));
        Assert.Contains("cairn models key set nothing", error.Message);
    }

    /// <param name="connection">Of PostgreSQL; null: SQLite.</param>
    [Fact]
    public async Task A_saved_conversation_comes_back_with_its_person_alone()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        await AskAsync(ann, new { question = "How many days of notice does a berth need?", save = true });
        using (var removed = await server.Owner.DeleteAsync("/api/v1/users/ann"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        Assert.Equal((409, "user.removed"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/users", new { name = "ann" })));
        Assert.Equal(404, (await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/keys", new { user = "ann" }))).Status);

        await TestServer.PostAsync(server.Owner, "/api/v1/users", new { name = "ann", restore = true });
        using var again = await server.KeyClientAsync("ann");
        Assert.Equal(1, (await TestServer.GetAsync(again, "/api/v1/conversations")).GetProperty("conversations").GetArrayLength());
    }

    private static async Task<TestServer> StartAsync(string? connection = null)
    {
        var server = await TestServer.StartAsync(o =>
        {
            if (connection is not null)
                Write(o, "../.cairn/secrets/database", connection);
            Write(o, "rules.md", "# Mooring rules\n\n## Notice\n\nA berth for a large ship needs four days of notice. Small boats need none.\n");
            Write(o, "storm.md", "# Storm plan\n\nCranes stop working when lightning is seen within ten kilometres.\n");
            Write(o, "hr/salaries.md", "# Salaries\n\nThe salary of the harbour master is 91,000 crowns a year.\n");
            return o;
        }, connection is null ? Settings : Settings.Replace("storage: sqlite", "storage: ${secret:database}", StringComparison.Ordinal));
        var job = (await TestServer.PostAsync(server.Owner, "/api/v1/ingest", new { source = "papers" })).GetProperty("jobId").GetString();
        using var response = await server.Owner.GetAsync($"/api/v1/jobs/{job}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("done", (await SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().LastAsync()).EventType);
        return server;
    }

    private static async Task<List<SseItem<string>>> AskAsync(HttpClient client, object question)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps/assistant/ask") { Content = JsonContent.Create(question) };
        request.Headers.Accept.Add(new("text/event-stream"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().ToListAsync();
    }

    private static void Write(CairnHostOptions options, string path, string text)
    {
        var file = Path.Combine(options.Workspace, "papers", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
