using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests;

public sealed class DocumentsApiTests
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

    [Fact]
    public async Task What_is_ingested_is_found_by_those_who_may_see_it_and_by_nobody_else()
    {
        await using var server = await StartAsync();
        var report = await IngestAsync(server);
        Assert.Equal((3, 0), (report.GetProperty("documents").GetProperty("added").GetInt32(),
            report.GetProperty("documents").GetProperty("failed").GetInt32()));
        using var ann = await server.KeyClientAsync("ann");
        using var hr = await server.KeyClientAsync("hanna", "hr");

        Assert.Equal(0, await FoundAsync(ann, "salary"));
        Assert.Equal(1, await FoundAsync(hr, "salary"));
        Assert.Equal(1, await FoundAsync(server.Owner, "salary"));
        Assert.Equal(2, (await TestServer.GetAsync(ann, "/api/v1/search?q=berth")).GetProperty("documents").GetInt32());
        Assert.Equal(3, (await TestServer.GetAsync(hr, "/api/v1/search?q=berth")).GetProperty("documents").GetInt32());

        Assert.Equal(2, (await TestServer.GetAsync(ann, "/api/v1/documents")).GetProperty("total").GetInt32());
        Assert.Equal(3, (await TestServer.GetAsync(hr, "/api/v1/documents")).GetProperty("total").GetInt32());
        Assert.Equal(2, Papers(await TestServer.GetAsync(ann, "/api/v1/sources")).GetProperty("documents").GetInt32());
        Assert.Equal(JsonValueKind.Null, Papers(await TestServer.GetAsync(ann, "/api/v1/sources")).GetProperty("root").ValueKind);
        var hidden = (await TestServer.GetAsync(hr, "/api/v1/documents?text=salaries")).GetProperty("documents")[0].GetProperty("id")
            .GetString();
        foreach (var path in new[] { "", "/text", "/original", "/boxes?version=1&start=0&end=5" })
            Assert.Equal(404, (await TestServer.ProblemAsync(await ann.GetAsync($"/api/v1/documents/{hidden}{path}"))).Status);

        using var asAnn = new HttpRequestMessage(HttpMethod.Get, "/api/v1/search?q=salary");
        asAnn.Headers.Add("X-Cairn-As", "ann");
        using var seen = await server.Owner.SendAsync(asAnn);
        Assert.Contains("\"passages\":[]", await seen.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_source_that_is_not_there_and_one_without_a_visible_document_are_unknown_to_a_search()
    {
        await using var server = await StartAsync();
        await IngestAsync(server);
        using var ann = await server.KeyClientAsync("ann");
        Assert.Equal((404, "source.unknown"),
            await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/search?q=berth&source=pappers")));
        Assert.Equal((404, "source.unknown"), await TestServer.ProblemAsync(await ann.GetAsync("/api/v1/search?q=berth&source=pappers")));
        Assert.Equal((404, "source.unknown"),
            await TestServer.ProblemAsync(await ann.PostAsJsonAsync("/api/v1/apps/assistant/ask",
                new { question = "Which berth?", source = "pappers" })));
        Assert.NotEqual(0, (await TestServer.GetAsync(ann, "/api/v1/search?q=berth&source=papers")).GetProperty("documents").GetInt32());
    }

    [Fact]
    public async Task A_passage_s_offsets_are_those_of_its_version_s_text()
    {
        await using var server = await StartAsync();
        await IngestAsync(server);

        var passage = (await TestServer.GetAsync(server.Owner, "/api/v1/search?q=berth%20notice&top=1&explain=true"))
            .GetProperty("passages")[0];
        var text = await TestServer.GetAsync(server.Owner,
            $"/api/v1/documents/{passage.GetProperty("document").GetString()}/text?version={passage.GetProperty("version").GetInt32()}");

        var (start, end) = (passage.GetProperty("start").GetInt32(), passage.GetProperty("end").GetInt32());
        Assert.Equal(passage.GetProperty("text").GetString(), text.GetProperty("text").GetString()![start..end]);
        Assert.NotEmpty(passage.GetProperty("parts").EnumerateObject());
        Assert.Equal((400, "query.empty"), await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/search?q=")));
        Assert.Equal((400, "query.top"), await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/search?q=berth&top=0")));
        Assert.Equal((413, "query.too-long"),
            await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/search?q=" + new string('a', 5000))));
        Assert.Equal((400, "request.invalid"),
            await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/search?q=berth&top=many")));
    }

    [Fact]
    public async Task An_original_is_for_keeping_and_never_runs_as_a_page_of_ours()
    {
        await using var server = await StartAsync();
        await IngestAsync(server);
        var id = (await TestServer.GetAsync(server.Owner, "/api/v1/documents?text=storm")).GetProperty("documents")[0].GetProperty("id")
            .GetString();

        using var original = await server.Owner.GetAsync($"/api/v1/documents/{id}/original");

        Assert.Equal("text/html", original.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "storm.html"),
            (original.Content.Headers.ContentDisposition!.DispositionType, original.Content.Headers.ContentDisposition.FileName));
        Assert.StartsWith("sandbox;", original.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", original.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("<script>", await original.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_upload_is_searchable_when_it_returns_and_has_a_limit()
    {
        await using var server = await StartAsync(o => o with { MaxUpload = 100_000 });
        await server.KeyClientAsync("ann");
        using var ann = await server.KeyClientAsync("ann");

        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("# Crane 7\n\nCrane 7 lifts forty tonnes.\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/markdown");
        using var uploaded = await server.Owner.PostAsync("/api/v1/sources/mine/documents?path=cranes/crane%207.md&allow=user:ann", file);
        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);

        Assert.Equal(1, await FoundAsync(ann, "forty tonnes"));
        Assert.Equal((413, "upload.too-large"),
            await TestServer.ProblemAsync(await server.Owner.SendAsync(Large(new ByteArrayContent(new byte[100_001])))));
        Assert.Equal((413, "upload.too-large"),
            await TestServer.ProblemAsync(await server.Owner.SendAsync(Large(new StreamContent(new ForwardStream(new byte[200_000]))))));
        Assert.Equal((403, "not-permitted"),
            await TestServer.ProblemAsync(await ann.PostAsync("/api/v1/sources/mine/documents?path=a.md", new StringContent("text"))));
        Assert.Equal(400, (await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/sources/mine/documents?path=../a.md",
            new StringContent("text")))).Status);
    }

    [Fact]
    public async Task Readers_who_do_not_exist_are_warned_of_when_documents_come_in()
    {
        await using var server = await StartAsync();
        await TestServer.PostAsync(server.Owner, "/api/v1/users", new { name = "bob", groups = new[] { "legal" } });

        using var file = new StringContent("# Crane 8\n\nCrane 8 rests.\n");
        using var uploaded = await server.Owner.PostAsync(
            "/api/v1/sources/mine/documents?path=crane.md&allow=group:legl,group:legal,user:bob,user:bbo,role:boss,everyone", file);
        var warnings = JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync()).RootElement.GetProperty("warnings").EnumerateArray()
            .Select(w => w.GetString()!).ToList();
        Assert.Collection(warnings,
            w => Assert.StartsWith("There is no group legl yet", w), w => Assert.StartsWith("There is no user bbo yet", w),
            w => Assert.StartsWith("There is no role boss", w));
        Assert.Contains("Groups: ", warnings[0]);
        Assert.Contains("legal", warnings[0]);
        Assert.DoesNotContain("bob", string.Concat(warnings));
    }

    [Fact]
    public async Task Paths_of_this_machine_are_named_only_over_the_socket()
    {
        await using var server = await StartAsync();
        var key = await TestServer.PostAsync(server.Owner, "/api/v1/keys", new { user = "owner" });
        using var remote = TestWorkspace.Client(server.Host);
        remote.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("key").GetString());

        Assert.Equal((403, "ingest.paths"),
            await TestServer.ProblemAsync(await remote.PostAsJsonAsync("/api/v1/ingest", new { paths = new[] { server.Workspace.Root } })));
        using var declared = await remote.PostAsJsonAsync("/api/v1/ingest", new { source = "papers" });
        Assert.Equal(HttpStatusCode.Accepted, declared.StatusCode);
    }

    [Fact]
    public async Task Removing_a_document_hides_it_at_once_and_restoring_brings_it_back()
    {
        await using var server = await StartAsync();
        await IngestAsync(server);
        using var ann = await server.KeyClientAsync("ann");
        var id = (await TestServer.GetAsync(server.Owner, "/api/v1/documents?text=storm")).GetProperty("documents")[0].GetProperty("id")
            .GetString();
        Assert.Equal((403, "not-permitted"), await TestServer.ProblemAsync(await ann.DeleteAsync($"/api/v1/documents/{id}")));

        using (var removed = await server.Owner.DeleteAsync($"/api/v1/documents/{id}"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(0, await FoundAsync(ann, "lightning"));
        using (var restored = await server.Owner.PostAsync($"/api/v1/documents/{id}/restore", null))
            Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
        Assert.Equal("ready", (await TestServer.GetAsync(ann, $"/api/v1/documents/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ready_means_that_searches_see_what_was_ingested()
    {
        await using var server = await StartAsync();
        await IngestAsync(server);

        Assert.Equal("ready", await server.Visitor.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task A_server_that_watches_reads_declared_sources_by_itself()
    {
        await using var server = await StartAsync(o => o with { WatchSources = true });

        var jobs = (await TestServer.GetAsync(server.Owner, "/api/v1/jobs?kind=ingest")).GetProperty("jobs");
        for (var tries = 0; jobs.GetArrayLength() == 0 && tries < 10_000; tries++)
            jobs = (await TestServer.GetAsync(server.Owner, "/api/v1/jobs?kind=ingest")).GetProperty("jobs");
        await FollowAsync(server, jobs[0].GetProperty("id").GetString()!);

        Assert.Equal(1, await FoundAsync(server.Owner, "lightning"));
    }

    [Fact]
    public async Task A_builder_reads_in_a_job_only_of_failures_that_they_may_see()
    {
        await using var server = await StartAsync(o =>
        {
            Write(o, "broken.pdf", "no PDF");
            Write(o, "hr/dismissal-of-ben.pdf", "no PDF");
            return o;
        });
        Assert.Equal(["broken.pdf", "hr/dismissal-of-ben.pdf"], Failures(await IngestAsync(server)));
        using var ann = await server.KeyClientAsync("ann");
        using var promoted = await server.Owner.PutAsJsonAsync("/api/v1/users/ann/roles", new { roles = new[] { "builder" } });
        Assert.Equal(HttpStatusCode.OK, promoted.StatusCode);

        var job = (await TestServer.GetAsync(ann, "/api/v1/jobs")).GetProperty("jobs")[0];
        Assert.Equal(["broken.pdf"], Failures(job.GetProperty("output")));
        var path = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        Assert.Equal(["broken.pdf"], Failures((await TestServer.GetAsync(ann, path)).GetProperty("output")));
        Assert.DoesNotContain("dismissal", await ann.GetStringAsync(path + "/events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_not_found()
    {
        await using var server = await StartAsync();

        foreach (var path in new[] { "", "/events" })
            Assert.Equal((404, "job.unknown"), await TestServer.ProblemAsync(await server.Owner.GetAsync("/api/v1/jobs/nothing" + path)));
        Assert.Equal((404, "job.unknown"),
            await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/jobs/nothing/cancel", null)));
    }

    private static Task<TestServer> StartAsync(Func<CairnHostOptions, CairnHostOptions>? change = null)
        => TestServer.StartAsync(o =>
        {
            Write(o, "rules.md", "# Mooring rules\n\nA berth needs four days of notice.\n");
            Write(o, "storm.html", "<html><head><title>Storm plan</title></head><body><h1>Storm plan</h1><p>Cranes stop at lightning.</p><script>alert(1)</script></body></html>");
            Write(o, "hr/salaries.md", "# Salaries\n\nThe salary of the harbour master is secret.\n");
            return change?.Invoke(o) ?? o;
        }, Settings);

    private static void Write(CairnHostOptions options, string path, string text)
    {
        var file = Path.Combine(options.Workspace, "papers", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static async Task<JsonElement> IngestAsync(TestServer server)
    {
        var started = await TestServer.PostAsync(server.Owner, "/api/v1/ingest", new { source = "papers" });
        return await FollowAsync(server, started.GetProperty("jobId").GetString()!);
    }

    private static async Task<JsonElement> FollowAsync(TestServer server, string job)
    {
        using var response = await server.Owner.GetAsync($"/api/v1/jobs/{job}/events", HttpCompletionOption.ResponseHeadersRead);
        var last = await SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().LastAsync();
        Assert.Equal("done", last.EventType);
        using var done = JsonDocument.Parse(last.Data);
        Assert.True(done.RootElement.GetProperty("status").GetString() == "done", last.Data);
        return done.RootElement.GetProperty("output").Clone();
    }

    private static IEnumerable<string?> Failures(JsonElement report)
        => report.GetProperty("failures").EnumerateArray().Select(f => f.GetProperty("path").GetString());

    private static async Task<int> FoundAsync(HttpClient client, string query)
        => (await TestServer.GetAsync(client, "/api/v1/search?q=" + Uri.EscapeDataString(query))).GetProperty("passages").GetArrayLength();

    private static JsonElement Papers(JsonElement sources)
        => sources.GetProperty("sources").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "papers");

    private static HttpRequestMessage Large(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sources/mine/documents?path=large.txt") { Content = content };
        request.Headers.ExpectContinue = true;
        return request;
    }

    /// <summary>Has no length that could be told beforehand.</summary>
    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
