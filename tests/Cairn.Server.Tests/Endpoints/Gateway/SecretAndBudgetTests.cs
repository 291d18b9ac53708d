using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.Server.Tests;

/// <summary>The gateway with the real secret store and the real budgets, over real sockets.</summary>
public sealed class SecretAndBudgetTests
{
    private const string Planted = "sk-planted-4711-do-not-leak-3f9a";
    private const string Reply = """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""";

    [Fact]
    public async Task A_provider_that_shouts_its_key_back_is_not_repeated_anywhere()
    {
        var shouts = new ConcurrentQueue<Func<RawExchange, Task>>(
        [
            Error($"Incorrect API key provided: {Planted}", 401),
            Error($"oh {Planted}", 500),
            RawProvider.Events(
                "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}\n\n",
                $"data: {{\"error\":{{\"message\":\"no {Planted}\"}}}}\n\n"),
            Error($"again {Planted}", 429),
        ]);
        await using var provider = new RawProvider(exchange => shouts.TryDequeue(out var shout)
            ? shout(exchange)
            : RawProvider.Json(Reply)(exchange));
        using var log = new CapturedLog();
        await using var server = await TestServer.StartAsync(settings: Settings(provider.Port, ""),
            replace: services => services.AddLogging(logging => logging.AddProvider(log)));
        using var set = await server.Owner.PutAsJsonAsync("/api/v1/models/keys/a", new { value = Planted });
        Assert.True(set.IsSuccessStatusCode);
        using var client = await server.KeyClientAsync("ann");
        var seen = new List<string>();
        // Each fault at a model of its own, so that none rests from the one before.
        foreach (var (model, stream) in new[] { ("a/one", false), ("a/two", false), ("a/three", true), ("a/four", false) })
        {
            using var response = await client.PostAsJsonAsync("/v1/chat/completions",
                new { model, stream, messages = new[] { new { role = "user", content = "hi" } } });
            seen.Add($"{response.Headers}{await response.Content.ReadAsStringAsync()}");
        }
        seen.Add((await TestServer.PostAsync(server.Owner, "/api/v1/models/try", new { models = new[] { "a/m" } })).ToString());
        foreach (var path in new[] { "/api/v1/models", "/api/v1/cost", "/api/v1/traces", "/api/v1/engines" })
            seen.Add((await TestServer.GetAsync(server.Owner, path)).ToString());
        Assert.Empty(shouts);
        Assert.All(seen.Concat(log.Lines), text => Assert.DoesNotContain("planted", text));
        foreach (var file in Directory.EnumerateFiles(server.Workspace.Options.Workspace, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".sock", StringComparison.Ordinal)))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(content, Encoding.Latin1);
            Assert.False((await reader.ReadToEndAsync()).Contains("planted", StringComparison.Ordinal), file);
        }
    }

    [Fact]
    public async Task A_budget_holds_for_callers_of_the_gateway_and_the_ledger_knows_their_keys()
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        // The prices are in models/catalog.yaml; a reply of at most 20 tokens costs at most 2 cents, so three of them fit.
        await using var server = await TestServer.StartAsync(WithCatalogue,
            Settings(provider.Port, "budgets: { spend: [ { for: \"user:ann\", day: 0.06 } ] }"));
        using var set = await server.Owner.PutAsJsonAsync("/api/v1/models/keys/a", new { value = Planted });
        using var ann = await server.KeyClientAsync("ann");
        var statuses = new List<int>();
        var refusal = "";
        for (var i = 0; i < 12; i++)
        {
            using var response = await ann.PostAsJsonAsync("/v1/chat/completions",
                new { model = "default", max_tokens = 20, seed = i, messages = new[] { new { role = "user", content = "hi" } } });
            statuses.Add((int)response.StatusCode);
            refusal = await response.Content.ReadAsStringAsync();
        }
        Assert.Equal([200, 402], statuses.Distinct());
        using (var error = JsonDocument.Parse(refusal))
            Assert.Equal("budget.spent", error.RootElement.GetProperty("error").GetProperty("code").GetString());
        var report = await TestServer.GetAsync(server.Owner, "/api/v1/cost?by=key");
        var line = Assert.Single(report.GetProperty("lines").EnumerateArray());
        Assert.Equal(statuses.Count(s => s == 200), line.GetProperty("calls").GetInt32());
        Assert.NotEmpty(line.GetProperty("name").GetString()!);
        Assert.Equal(0.005m * line.GetProperty("calls").GetInt32(), report.GetProperty("costUsd").GetDecimal());
        Assert.True(report.GetProperty("budgets")[0].GetProperty("spentUsd").GetDecimal() <= 0.06m);
    }

    private static Func<RawExchange, Task> Error(string message, int status)
        => RawProvider.Json("{\"error\":{\"message\":\"" + message + "\"}}", status);

    private static string Settings(int port, string more) =>
        $$"""
        version: 1
        storage: sqlite
        models:
          providers:
            a: { kind: openai, baseUrl: "http://127.0.0.1:{{port}}/v1", apiKey: "${secret:a}" }
          routes:
            default: [ a/m ]
        {{more}}
        """;

    private static CairnHostOptions WithCatalogue(CairnHostOptions options)
    {
        Directory.CreateDirectory(Path.Combine(options.Workspace, "models"));
        // An output token costs a thousandth of a dollar.
        File.WriteAllText(Path.Combine(options.Workspace, "models/catalog.yaml"),
            "version: 1\nmodels: [{ names: [a/m], prices: [{ from: 2020-01-01, input: 0, output: 1000 }] }]\n");
        return options;
    }
}
