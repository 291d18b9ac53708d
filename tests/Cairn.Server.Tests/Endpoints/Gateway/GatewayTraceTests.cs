namespace Cairn.Server.Tests;

public sealed class GatewayTraceTests
{
    private const string Settings = """
        version: 1
        storage: sqlite
        models:
          providers:
            down: { kind: openai, baseUrl: "http://127.0.0.1:1/v1" }
            say: { kind: scripted, script: say.yaml }
          routes:
            default: [ down/m, say/s ]

        """;

    [Fact]
    public async Task A_call_is_found_by_the_trace_that_its_answer_names_and_counted()
    {
        await using var server = await StartAsync();
        using var ann = await server.KeyClientAsync("ann");
        using var ben = await server.KeyClientAsync("ben");

        using var response = await ann.PostAsync("/v1/chat/completions", new StringContent(GatewayServer.Chat(false)));
        Assert.Contains("Good day", await response.Content.ReadAsStringAsync());
        var id = response.Headers.GetValues(GatewayEndpoint.TraceHeader).Single();

        var found = default(System.Text.Json.JsonElement);
        for (var tries = 0; found.ValueKind == System.Text.Json.JsonValueKind.Undefined; tries++)
        {
            Assert.True(tries < 600, "The trace was never written.");
            using var asked = await ann.GetAsync($"/api/v1/traces/{id}");
            if (asked.IsSuccessStatusCode)
                found = await TestServer.GetAsync(ann, $"/api/v1/traces/{id}");
            else
                await Task.Delay(50);
        }
        Assert.Equal(["call", "chat m", "chat s"],
            found.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal("provider.unreachable", found.GetProperty("spans")[1].GetProperty("error").GetString());
        Assert.DoesNotContain("Good day", found.ToString());
        using var others = await ben.GetAsync($"/api/v1/traces/{id}");
        Assert.Equal(404, (int)others.StatusCode);

        var metrics = await server.Owner.GetStringAsync("/metrics");
        Assert.Contains("cairn_gateway_calls_total 1\n", metrics);
        Assert.Contains("cairn_gateway_attempt_failures_total{cairn_route=\"default\",gen_ai_operation_name=\"chat\","
            + "gen_ai_provider_name=\"down\",gen_ai_request_model=\"m\",error_type=\"provider.unreachable\"} 1\n", metrics);
        Assert.Contains("gen_ai_client_operation_duration_seconds_bucket{cairn_route=\"default\",gen_ai_operation_name=\"chat\","
            + "gen_ai_provider_name=\"say\",gen_ai_request_model=\"s\",le=\"+Inf\"} 1\n", metrics);
        Assert.Contains("cairn_gateway_fallbacks_total{cairn_route=\"default\"} 1\n", metrics);
        using var refused = await ben.GetAsync("/metrics");
        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Theory]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/anthropic/v1/messages", false)]
    [InlineData("/anthropic/v1/messages", true)]
    public async Task An_app_is_a_model_whose_floor_answers_with_its_sources_when_every_provider_is_down(string path, bool stream)
    {
        await using var server = await TestServer.StartAsync(settings: Settings.Replace("[ down/m, say/s ]", "[ down/m ]",
            StringComparison.Ordinal).Replace("    say: { kind: scripted, script: say.yaml }\n", "", StringComparison.Ordinal));
        var file = Path.Combine(server.Workspace.Root, "berths.md");
        await File.WriteAllTextAsync(file, "# Berths\n\nThe tug Gullan carries the harbour boom on every working day.\n");
        await TestServer.PostAsync(server.Owner, "/api/v1/ingest",
            new { paths = new[] { file }, source = "notes", allow = new[] { "everyone" } });
        using var ann = await server.KeyClientAsync("ann");

        var text = "";
        for (var tries = 0; !text.Contains("Gullan", StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 100, text);
            var body = $"{{\"model\":\"app/assistant\",\"max_tokens\":99,\"messages\":[{{\"role\":\"user\",\"content\":\"Which tug carries the harbour boom?\"}}]{(stream ? ",\"stream\":true" : "")}}}";
            using var response = await ann.PostAsync(path, new StringContent(body));
            text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            await Task.Delay(50);
        }
        Assert.Contains("[1] Berths", text);
    }

    private static async Task<TestServer> StartAsync()
    {
        using var folder = new Testing.TemporaryFolder();
        var script = folder["say.yaml"];
        await File.WriteAllTextAsync(script, "version: 1\nturns:\n  - reply: Good day\n");
        return await TestServer.StartAsync(settings: Settings.Replace("say.yaml", script, StringComparison.Ordinal));
    }
}
