using System.Net.Http.Headers;
using System.Text.Json;

namespace Cairn.Server.Tests;

/// <summary>
/// A call that fits no model's window is refused in its caller's protocol, before any provider is asked; one that fits another model goes
/// there.
/// </summary>
public sealed class ContextTests
{
    // By bytes alone it could fit, so that it is counted.
    private static readonly string Long = string.Concat(Enumerable.Repeat("a, b 12 ", 37));

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"MODEL","max_tokens":20,"messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("/v1/chat/completions",
        """{"model":"MODEL","stream":true,"max_tokens":20,"messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("/v1/responses", """{"model":"MODEL","max_output_tokens":20,"input":"TEXT"}""")]
    [InlineData("/v1/embeddings", """{"model":"MODEL","input":["Hello","TEXT"]}""")]
    [InlineData("/anthropic/v1/messages", """{"model":"MODEL","max_tokens":20,"messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("/anthropic/v1/messages",
        """{"model":"MODEL","stream":true,"max_tokens":20,"messages":[{"role":"user","content":"TEXT"}]}""")]
    public async Task What_fits_no_model_is_refused_before_any_provider_is_asked(string path, string body)
    {
        await using var gateway = await Windows.StartAsync(110, 115);
        foreach (var model in new[] { "a/m", "default" })
        {
            using var response = await gateway.PostAsync(
                path, body.Replace("MODEL", model, StringComparison.Ordinal).Replace("TEXT", Long, StringComparison.Ordinal));
            var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
            Assert.Equal((400, "invalid_request_error"), ((int)response.StatusCode, error.GetProperty("type").GetString()));
            Assert.Contains("the model's context window is 110", error.GetProperty("message").GetString());
            // Anthropic's errors have no place for a code but their text.
            Assert.Equal("provider.context", error.TryGetProperty("code", out var code)
                ? code.GetString() : error.GetProperty("message").GetString()![^17..^1]);
        }
        Assert.All(gateway.Providers, p => Assert.Empty(p.Bodies));
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"default","max_tokens":20,"messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("/v1/embeddings", """{"model":"default","input":["Hello","TEXT"]}""")]
    public async Task What_fits_another_model_of_the_route_goes_there_at_once(string path, string body)
    {
        await using var gateway = await Windows.StartAsync(120, 5_000);
        using var response = await gateway.PostAsync(path, body.Replace("TEXT", Long, StringComparison.Ordinal));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("b/m", response.Headers.GetValues("x-cairn-model").Single());
        Assert.Empty(gateway.Providers[0].Bodies);
    }

    [Fact]
    public async Task What_is_too_long_is_not_told_of_money_that_it_would_have_cost()
    {
        await using var gateway = await Windows.StartAsync(120, 130, "budgets:\n  spend: [ { for: everyone, day: 0.01 } ]\n");
        var message = new { role = "user", content = string.Concat(Enumerable.Repeat(Long, 100)) };
        var body = JsonSerializer.Serialize(new { model = "default", messages = new[] { message } });
        using var longer = await gateway.PostAsync("/v1/chat/completions", body);
        Assert.Equal((400, "provider.context"), await GatewayServer.ErrorAsync(longer));
        using var shorter = await gateway.PostAsync("/v1/chat/completions", GatewayServer.Chat(false, "default", ",\"max_tokens\":20"));
        Assert.Equal((402, "budget.spent"), await GatewayServer.ErrorAsync(shorter));
        Assert.All(gateway.Providers, p => Assert.Empty(p.Bodies));
    }

    [Fact]
    public async Task Texts_to_be_embedded_have_the_window_each_for_itself()
    {
        await using var gateway = await Windows.StartAsync(120, 120);
        using var response = await gateway.PostAsync(
            "/v1/embeddings",
            JsonSerializer.Serialize(new { model = "default", input = Enumerable.Repeat("Ships book a berth.", 500) }));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Single(gateway.Providers[0].Bodies);
    }

    private sealed class Windows : IAsyncDisposable
    {
        private TestServer _server = null!;
        private HttpClient _client = null!;

        public RawProvider[] Providers { get; } = [Provider(), Provider()];

        /// <summary>Models a/m and b/m with windows of these sizes, in this order on the route <c>default</c>.</summary>
        public static async Task<Windows> StartAsync(int a, int b, string rest = "")
        {
            var made = new Windows();
            var settings = $$"""
                version: 1
                models:
                  providers:
                    a: { kind: openai, baseUrl: "http://127.0.0.1:{{made.Providers[0].Port}}/v1", {{GatewayServer.Limits}} }
                    b: { kind: openai, baseUrl: "http://127.0.0.1:{{made.Providers[1].Port}}/v1", {{GatewayServer.Limits}} }
                  routes:
                    default: [ a/m, b/m ]

                """ + rest;
            made._server = await TestServer.StartAsync(
                options =>
                {
                    var folder = Directory.CreateDirectory(Path.Combine(options.Workspace, "models")).FullName;
                    const string Prices = "prices: [{ from: 2024-01-01, input: 1000, output: 1000 }]";
                    File.WriteAllText(
                        Path.Combine(folder, "catalog.yaml"),
                        $"version: 1\nmodels:\n  - {{ names: [a/m], context: {a}, {Prices} }}\n"
                            + $"  - {{ names: [b/m], context: {b}, {Prices} }}\n");
                    return options;
                },
                settings);
            made._client = await made._server.KeyClientAsync("ann");
            return made;
        }

        public async Task<HttpResponseMessage> PostAsync(string path, string body)
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            return await _client.PostAsync(path, content);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _server.DisposeAsync();
            foreach (var provider in Providers)
                await provider.DisposeAsync();
        }

        private static RawProvider Provider() => new(RawProvider.Json("""{"object":"list","data":[],"usage":{"prompt_tokens":1}}"""));
    }
}
