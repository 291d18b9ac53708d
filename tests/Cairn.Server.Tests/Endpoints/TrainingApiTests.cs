using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Server.Tests;

public sealed class TrainingApiTests
{
    private const string Recipe = """
        version: 1
        name: fees
        data: { file: fees.csv }
        target: fee
        estimator: ridge
        metrics: [r2]
        """;

    [Fact]
    public async Task A_recipe_trains_and_whoever_has_a_key_predicts()
    {
        await using var server = await TestServer.StartAsync();
        var started = await TestServer.PostAsync(server.Owner, "/api/v1/experiments", new { recipe = Write(server, Recipe) });
        var id = started.GetProperty("id").GetString();
        var events = await server.Owner.GetStringAsync($"/api/v1/experiments/{id}/events");
        Assert.Contains("event: done", events, StringComparison.Ordinal);
        var ended = await TestServer.GetAsync(server.Owner, $"/api/v1/experiments/{id}");
        Assert.Equal(("done", 1),
            (ended.GetProperty("status").GetString(), ended.GetProperty("outcome").GetProperty("version").GetInt32()));
        Assert.Equal("r2", ended.GetProperty("outcome").GetProperty("metrics")[0].GetProperty("name").GetString());
        Assert.True((await server.Owner.GetByteArrayAsync($"/api/v1/experiments/{id}/artefacts/model.safetensors")).Length > 100);

        using var rosa = await server.KeyClientAsync("rosa");
        var one = await TestServer.PostAsync(rosa, "/api/v1/models/fees/predict", new { row = new { tonnage = 30, berths = 2 } });
        Assert.InRange(one.GetProperty("predictions")[0].GetProperty("value").GetDouble(), 55, 65);
        var two = await TestServer.PostAsync(rosa, "/api/v1/models/fees/predict",
            new { rows = new object[] { new { tonnage = 30 }, new { tonnage = 80, berths = 1 } } });
        Assert.Equal(2, two.GetProperty("predictions").GetArrayLength());
        var schema = await TestServer.GetAsync(rosa, "/api/v1/models/fees/schema");
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal((400, "prediction.input"),
            await TestServer.ProblemAsync(await rosa.PostAsJsonAsync("/api/v1/models/fees/predict",
                new { row = new { tonnage = "much" } })));
        Assert.Equal((400, "prediction.body"),
            await TestServer.ProblemAsync(await rosa.PostAsJsonAsync("/api/v1/models/fees/predict", new { })));
        Assert.Equal((404, "model.unknown"),
            await TestServer.ProblemAsync(await rosa.PostAsJsonAsync("/api/v1/models/boats/predict", new { row = new { } })));

        var seen = await TestServer.GetAsync(server.Owner, "/api/v1/registry/fees/monitoring");
        Assert.Equal((3, 3, 1), (seen.GetProperty("calls").GetInt32(), seen.GetProperty("rows").GetInt32(),
            seen.GetProperty("refused").GetInt32()));
        Assert.Equal((409, "model.first"),
            await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/registry/fees/rollback", null)));
    }

    [Fact]
    public async Task Only_those_who_may_train_see_experiments_and_only_this_machine_names_recipes()
    {
        await using var server = await TestServer.StartAsync();
        using var rosa = await server.KeyClientAsync("rosa");
        string[] paths =
        [
            "/api/v1/recipes", "/api/v1/experiments", "/api/v1/registry", "/api/v1/registry/fees/monitoring",
            "/api/v1/experiments/compare?ids=a",
        ];
        foreach (var path in paths)
        {
            using var refused = await rosa.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var owner = await server.BrowserAsync(await server.LinkAsync("owner"));
        Assert.Equal((403, "training.paths"),
            await TestServer.ProblemAsync(await owner.PostAsJsonAsync("/api/v1/experiments", new { recipe = Write(server, Recipe) })));
    }

    [Fact]
    public async Task A_recipe_with_mistakes_is_refused_with_their_places()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Owner.PostAsJsonAsync("/api/v1/experiments",
            new { recipe = Write(server, Recipe.Replace("ridge", "rigde", StringComparison.Ordinal)) });
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Contains("recipe.yaml:5:12: there is no estimator 'rigde'", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(
            (404, "recipe.missing"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/experiments", new { recipe = "other.yaml" })));
        Assert.Equal((400, "training.data-file"),
            await TestServer.ProblemAsync(await server.Owner.PostAsJsonAsync("/api/v1/experiments",
                new { recipe = Write(server, Recipe.Replace("fees.csv", "none.csv", StringComparison.Ordinal)) })));
    }

    [Fact]
    public async Task A_builder_from_afar_trains_the_workspaces_recipes_and_no_other_file()
    {
        await using var server = await TestServer.StartAsync();
        Write(server, Recipe);
        File.WriteAllText(Path.Combine(server.Workspace.Root, "broken.yml"), "version: 1\ntarget: fee\nestimator: rigde\n");
        using var owner = await server.BrowserAsync(await server.LinkAsync("owner"));

        var recipes = (await TestServer.GetAsync(owner, "/api/v1/recipes")).GetProperty("recipes");
        Assert.Equal(["broken.yml", "recipe.yaml"], recipes.EnumerateArray().Select(r => r.GetProperty("path").GetString()));
        Assert.Contains(
            "broken.yml:3:12: there is no estimator 'rigde'",
            recipes[0].GetProperty("problems").EnumerateArray().Select(p => p.GetString()!.Split(" (")[0]));
        Assert.Equal("fees", recipes[1].GetProperty("model").GetString());

        var plan = await TestServer.PostAsync(owner, "/api/v1/experiments/plan", new { recipe = "recipe.yaml" });
        Assert.Equal((100, 1), (plan.GetProperty("rows").GetInt32(), plan.GetProperty("fits").GetInt32()));
        Assert.InRange(plan.GetProperty("memory").GetDouble(), 1, plan.GetProperty("memoryLeft").GetDouble());
        var started = await TestServer.PostAsync(owner, "/api/v1/experiments", new { recipe = "recipe.yaml" });
        Assert.Equal("fees", started.GetProperty("model").GetString());

        foreach (var other in new[] { "../recipe.yaml", "./recipe.yaml", "fees.csv" })
            Assert.Equal(
                (404, "recipe.missing"),
                await TestServer.ProblemAsync(await owner.PostAsJsonAsync("/api/v1/experiments", new { recipe = other })));
        foreach (var path in new[] { "/api/v1/experiments", "/api/v1/experiments/plan" })
        {
            using var refused = await owner.PostAsJsonAsync(path, new { recipe = Path.Combine(server.Workspace.Root, "recipe.yaml") });
            Assert.Equal((403, "training.paths"), await TestServer.ProblemAsync(refused));
        }
    }

    [Fact]
    public async Task The_page_starts_a_recipe_of_the_workspace_and_shows_its_training()
    {
        await using var server = await TestServer.StartAsync();
        var file = Write(server, Recipe);
        using var owner = await server.BrowserAsync(await server.LinkAsync("owner"));

        var started = await PostFormAsync(owner, "/training/start?recipe=recipe.yaml", "/training/start", "recipe.yaml");
        Assert.Contains("Train fees", started.Before, StringComparison.Ordinal);
        Assert.Contains("100 · ", started.Before, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, started.Status);
        Assert.StartsWith("/training/experiments/", started.Location, StringComparison.Ordinal);
        Assert.Contains(started.Location!.Split('/')[^1], await owner.GetStringAsync(started.Location), StringComparison.Ordinal);

        // What is wrong with the file when it is started is said on the page.
        var refused = await PostFormAsync(owner, "/training/start?recipe=recipe.yaml", "/training/start", "other.yaml");
        Assert.Equal((HttpStatusCode.NotFound, true),
            (refused.Status, refused.After.Contains("There is no recipe other.yaml", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden,
            (await PostFormAsync(owner, "/training/start?recipe=recipe.yaml", "/training/start", file)).Status);
    }

    // Over a second on a slow machine: it learns until it is stopped.
    [Fact]
    public async Task A_training_that_is_stopped_becomes_a_version_and_one_that_is_cancelled_does_not()
    {
        await using var server = await TestServer.StartAsync();
        const string boosting = "{ kind: boosting, rounds: 1000000, learningRate: 0.000001, minRowsPerLeaf: 5 }";
        var endless = Write(server, Recipe.Replace("ridge", boosting, StringComparison.Ordinal));
        var (kept, dropped) = (await StartAsync(server, endless), await StartAsync(server, endless));
        Assert.Equal(
            (404, "experiment.unknown"),
            await TestServer.ProblemAsync(await server.Owner.PostAsync("/api/v1/experiments/01zz/stop", null)));

        var asked = await TestServer.PostAsync(server.Owner, $"/api/v1/experiments/{kept}/stop", new { });
        Assert.Equal("learning", asked.GetProperty("stopping").GetString());
        await TestServer.PostAsync(server.Owner, $"/api/v1/experiments/{dropped}/cancel", new { });
        foreach (var id in new[] { kept, dropped })
            Assert.Contains("event: done", await server.Owner.GetStringAsync($"/api/v1/experiments/{id}/events"), StringComparison.Ordinal);

        var ended = await TestServer.GetAsync(server.Owner, $"/api/v1/experiments/{kept}");
        var left = ended.GetProperty("outcome").GetProperty("stopped")[0];
        Assert.Equal(("learning", 1_000_000), (left.GetProperty("stage").GetString(), left.GetProperty("of").GetInt32()));
        Assert.InRange(left.GetProperty("after").GetInt32(), 1, 999_999);
        Assert.Equal(
            "cancelled", (await TestServer.GetAsync(server.Owner, $"/api/v1/experiments/{dropped}")).GetProperty("status").GetString());
        Assert.Equal(1, (await TestServer.GetAsync(server.Owner, "/api/v1/registry/fees")).GetProperty("versions").GetArrayLength());
        foreach (var way in new[] { "stop", "cancel" })
            Assert.Equal(
                (409, "experiment.ended"),
                await TestServer.ProblemAsync(await server.Owner.PostAsync($"/api/v1/experiments/{kept}/{way}", null)));
    }

    private static async Task<(string Before, HttpStatusCode Status, string? Location, string After)> PostFormAsync(
        HttpClient browser, string page, string action, string recipe)
    {
        using var shown = await browser.GetAsync(page);
        var before = await shown.Content.ReadAsStringAsync();
        var token = Regex.Match(before, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("recipe", recipe)]),
        };
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            var forms = cookies.Single(c => c.Contains("forms", StringComparison.Ordinal)).Split(';')[0];
            request.Headers.Add("Cookie", $"{browser.DefaultRequestHeaders.GetValues("Cookie").Single()}; {forms}");
        }
        using var answer = await browser.SendAsync(request);
        return (before, answer.StatusCode, answer.Headers.Location?.OriginalString,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Starts a training and waits for its first round.</summary>
    private static async Task<string> StartAsync(TestServer server, string recipe)
    {
        var id = (await TestServer.PostAsync(server.Owner, "/api/v1/experiments", new { recipe })).GetProperty("id").GetString()!;
        using var response = await server.Owner.GetAsync($"/api/v1/experiments/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await events.ReadLineAsync() is { } line)
        {
            Assert.DoesNotContain("event: done", line, StringComparison.Ordinal);
            if (line.Contains("round ", StringComparison.Ordinal))
                return id;
        }
        throw new InvalidOperationException("The stream ended before the first round.");
    }

    [Fact]
    public async Task The_list_of_recipes_says_of_each_what_is_wrong_with_it()
    {
        await using var server = await TestServer.StartAsync();
        Write(server, Recipe);
        string[][] files =
        [
            ["recipes/notes.yaml", "fees: [to be\n\tdone"], ["field.yaml", Recipe + "\nmetric: r2\n"],
            ["nodata.yaml", Recipe.Replace("fees.csv", "feees.csv", StringComparison.Ordinal)],
            ["column.yaml", Recipe.Replace("target: fee", "target: fees", StringComparison.Ordinal)],
        ];
        Directory.CreateDirectory(Path.Combine(server.Workspace.Root, "recipes"));
        foreach (var file in files)
            File.WriteAllText(Path.Combine(server.Workspace.Root, file[0]), file[1]);
        using var owner = await server.BrowserAsync(await server.LinkAsync("owner"));
        var page = WebUtility.HtmlDecode(await owner.GetStringAsync("/training/start"));
        var items = Regex.Matches(page, "<li>(.*?)</li>", RegexOptions.Singleline).Select(m => m.Value)
            .Where(i => i.Contains("/training/start?recipe=", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, items.Count);
        Assert.Contains("is not there", ItemOf("nodata.yaml"), StringComparison.Ordinal);
        Assert.Contains("did you mean 'fee'?", ItemOf("column.yaml"), StringComparison.Ordinal);
        Assert.Contains("line 7: unknown field 'metric'", ItemOf("field.yaml"), StringComparison.Ordinal);
        Assert.Contains("line 1: this is not YAML", ItemOf("recipes/notes.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("chip red", ItemOf("recipe.yaml"), StringComparison.Ordinal);

        string ItemOf(string path) => items.Single(i => i.Contains($">{path}<", StringComparison.Ordinal));
    }

    private static string Write(TestServer server, string recipe)
    {
        var path = Path.Combine(server.Workspace.Root, "recipe.yaml");
        File.WriteAllText(path, recipe);
        File.WriteAllText(Path.Combine(server.Workspace.Root, "fees.csv"),
            "tonnage,berths,fee\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i % 5},{i * 2}\n")));
        return path;
    }
}
