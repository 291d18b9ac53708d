using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Cairn.Server.Tests;

public sealed class ModelsApiTests
{
    private const string Planted = "sk-planted-4711-do-not-leak-3f9a";

    private const string Settings =
        """
        version: 1
        models:
          providers:
            demo: { kind: scripted, script: demo.yaml }
            other: { kind: openai, baseUrl: "http://127.0.0.1:9/v1", apiKey: "${secret:other-key}" }
            env: { kind: openai, baseUrl: "http://127.0.0.1:9/v1", apiKey: "${env:CAIRN_TEST_NO_SUCH_KEY}" }
          routes:
            default: [ demo/one ]
            spare: [ other/two ]
        budgets:
          spend: [ { for: everyone, day: 1 }, { for: "user:ann", day: 0.0001 } ]
        """;

    [Fact]
    public async Task Models_are_listed_tried_and_their_cost_is_summed()
    {
        await using var server = await StartAsync();
        var tried = (await TestServer.PostAsync(server.Owner, "/api/v1/models/try", new { models = new[] { "demo/one", "other/two" } }))
            .GetProperty("trials");
        Assert.Equal(("demo/one", "ready when you are"),
            (tried[0].GetProperty("model").GetString(), tried[0].GetProperty("text").GetString()));
        Assert.Equal("provider.missing", tried[1].GetProperty("error").GetProperty("code").GetString());
        var cost = tried[0].GetProperty("costUsd").GetDecimal();
        Assert.True(cost > 0);
        var report = await TestServer.GetAsync(server.Owner, "/api/v1/cost?by=user");
        Assert.Equal(("owner", cost),
            (report.GetProperty("lines")[0].GetProperty("name").GetString(), report.GetProperty("costUsd").GetDecimal()));
        var everyone = report.GetProperty("budgets")[0];
        Assert.Equal(("everyone", 1m, cost),
            (everyone.GetProperty("for").GetString(), everyone.GetProperty("limitUsd").GetDecimal(),
                everyone.GetProperty("spentUsd").GetDecimal()));
        var listed = (await TestServer.GetAsync(server.Owner, "/api/v1/models")).GetProperty("models");
        Assert.Equal(["demo/one ready 1", "other/two missing 1"],
            listed.EnumerateArray().Select(m => $"{m.GetProperty("name")} {m.GetProperty("state")} {m.GetProperty("attempts")}"));
        Assert.Equal("provider.missing", listed[1].GetProperty("lastFailure").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_spent_budget_is_told_to_its_caller_only()
    {
        await using var server = await StartAsync();
        var ann = await server.KeyClientAsync("ann");
        using var builder = await server.Owner.PutAsJsonAsync("/api/v1/users/ann/roles", new { roles = new[] { "builder" } });
        Assert.True(builder.IsSuccessStatusCode);
        var refused = (await TestServer.PostAsync(ann, "/api/v1/models/try", new { models = new[] { "demo/one" } }))
            .GetProperty("trials")[0]
            .GetProperty("error");
        Assert.Equal("budget.spent", refused.GetProperty("code").GetString());
        Assert.StartsWith("The budget of user:ann for ", refused.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_key_is_stored_for_the_secret_that_the_provider_names_and_nothing_shows_it_again()
    {
        await using var server = await StartAsync();
        using var set = await server.Owner.PutAsJsonAsync("/api/v1/models/keys/other", new { value = Planted });
        var answer = await set.Content.ReadAsStringAsync();
        Assert.Contains("\"secret\":\"other-key\"", answer);
        var listed = await server.Owner.GetStringAsync("/api/v1/models/keys");
        Assert.Contains("3f9a", listed);
        using var fresh = await server.Owner.PutAsJsonAsync("/api/v1/models/keys/claude", new { value = Planted });
        var snippet = await fresh.Content.ReadAsStringAsync();
        Assert.Contains("kind: anthropic, apiKey: ${secret:claude}", snippet);
        // The file has a section for models, so a second one would be refused.
        using var offered = System.Text.Json.JsonDocument.Parse(snippet);
        Assert.StartsWith("# under \"providers:\" (line 3 of cairn.yaml)\n    claude: ",
            offered.RootElement.GetProperty("yaml").GetString(), StringComparison.Ordinal);
        // The provider is not there to answer, so its failure, the doctor and the model's list speak of it.
        var failed = (await TestServer.PostAsync(server.Owner, "/api/v1/models/try", new { models = new[] { "other/two" } })).ToString();
        Assert.Contains("provider.unreachable", failed);
        var shown = new[] { answer, listed, snippet, failed, (await TestServer.GetAsync(server.Owner, "/api/v1/doctor")).ToString(),
            (await TestServer.GetAsync(server.Owner, "/api/v1/models")).ToString() };
        Assert.All(shown, s => Assert.DoesNotContain("planted", s));
        foreach (var file in Directory.EnumerateFiles(server.Workspace.Options.Workspace, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".sock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.False((await reader.ReadToEndAsync()).Contains("planted", StringComparison.Ordinal), file);
        }
        using var removed = await server.Owner.DeleteAsync("/api/v1/models/keys/other");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal((404, "secret.unknown"), await TestServer.ProblemAsync(await server.Owner.DeleteAsync("/api/v1/models/keys/other")));
    }

    [Fact]
    public async Task A_provider_that_takes_its_key_from_elsewhere_says_so()
    {
        await using var server = await StartAsync();
        Assert.Equal((400, "secret.elsewhere"),
            await TestServer.ProblemAsync(await server.Owner.PutAsJsonAsync("/api/v1/models/keys/env", new { value = Planted })));
    }

    [Theory]
    [InlineData("/api/v1/cost?by=colour", "cost.by")]
    [InlineData("/api/v1/cost?since=2027-02-01&until=2027-01-01", "cost.range")]
    public async Task A_question_about_cost_that_has_no_answer_is_refused(string path, string code)
    {
        await using var server = await StartAsync();
        Assert.Equal((400, code), await TestServer.ProblemAsync(await server.Owner.GetAsync(path)));
    }

    [Fact]
    public async Task Members_may_neither_see_nor_set_any_of_it()
    {
        await using var server = await StartAsync();
        var conor = await server.KeyClientAsync("conor");
        foreach (var path in new[] { "/api/v1/models", "/api/v1/models/keys", "/api/v1/cost" })
            Assert.Equal(403, (await TestServer.ProblemAsync(await conor.GetAsync(path))).Status);
        Assert.Equal(
            403, (await TestServer.ProblemAsync(await conor.PutAsJsonAsync("/api/v1/models/keys/x", new { value = Planted }))).Status);
        Assert.Equal(403, (await TestServer.ProblemAsync(await conor.PostAsJsonAsync("/api/v1/models/try", new { }))).Status);
    }

    [Fact]
    public async Task The_page_adds_a_known_service_to_the_file_once()
    {
        await using var server = await StartAsync();
        using var browser = await server.BrowserAsync(server.Host.OwnerLink!);
        var file = Path.Combine(server.Workspace.Root, "cairn.yaml");
        var added = await AddAsync(browser, "groq");
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.Contains("stands in", added.Page, StringComparison.Ordinal);
        Assert.Contains("is in use from now on", added.Page, StringComparison.Ordinal);
        // Without a restart: it is there, and only its key is not.
        var tried = (await TestServer.PostAsync(server.Owner, "/api/v1/models/try", new { models = new[] { "groq/m" } }))
            .GetProperty("trials");
        Assert.Equal("provider.missing", tried[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("the secret groq is not set", tried[0].GetProperty("error").ToString(), StringComparison.Ordinal);
        Assert.Contains("    groq: { kind: openai, baseUrl: https://api.groq.com/openai/v1, apiKey: ${secret:groq} }\n",
            await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        var written = await File.ReadAllTextAsync(file);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(browser, "groq")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(browser, "nobody's")).Status);
        Assert.Equal(written, await File.ReadAllTextAsync(file));
    }

    private static async Task<(HttpStatusCode Status, string Page)> AddAsync(HttpClient browser, string provider)
    {
        using var page = await browser.GetAsync("/models");
        var token =
            Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[
            1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/models/providers")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("provider", provider),
                new("found", "false")]),
        };
        if (page.Headers.TryGetValues("Set-Cookie", out var cookies))
            request.Headers.Add("Cookie",
                $"{browser.DefaultRequestHeaders.GetValues("Cookie").Single()}; {cookies.Single(c => c.Contains("forms", StringComparison.Ordinal)).Split(';')[0]}");
        using var answer = await browser.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(options =>
    {
        File.WriteAllText(Path.Combine(options.Workspace, "demo.yaml"), "version: 1\nturns: [{ reply: ready when you are }]\n");
        Directory.CreateDirectory(Path.Combine(options.Workspace, "models"));
        File.WriteAllText(Path.Combine(options.Workspace, "models/catalog.yaml"),
            "version: 1\nmodels: [{ names: ['*/*'], context: 4000, prices: [{ from: 2020-01-01, input: 3, output: 15 }] }]\n");
        return options;
    }, Settings);
}
