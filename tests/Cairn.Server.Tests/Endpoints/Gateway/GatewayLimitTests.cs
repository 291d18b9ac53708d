using Cairn.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests;

/// <summary>Limits of callers and reservations, as the real server holds them.</summary>
public sealed class GatewayLimitTests
{
    private const string Reply = """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";
    private const string Body = """{"model":"default","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task A_caller_s_limit_counts_what_a_call_used_and_not_what_it_might_have()
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        await using var server = await TestServer.StartAsync(settings: Settings("openai", provider.Port,
            "limits: { queue: { wait: 100ms }, calls: [ { for: everyone, output: 40000 } ] }"));
        using var ann = await server.KeyClientAsync("ann");
        // Each may write some thirty thousand tokens, and writes three.
        for (var i = 0; i < 3; i++)
        {
            using var response = await ann.PostAsync("/v1/chat/completions", new StringContent(Body));
            Assert.Equal((200, Reply), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/anthropic/v1/messages")]
    public async Task A_caller_over_a_limit_is_told_when_to_come_again(string path)
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        await using var server = await TestServer.StartAsync(settings: Settings("openai", provider.Port,
            "limits: { queue: { wait: 100ms }, calls: [ { for: everyone, requests: 1 } ] }"));
        using var ann = await server.KeyClientAsync("ann");
        using var first = await ann.PostAsync("/v1/chat/completions", new StringContent(Body));
        using var second = await ann.PostAsync(path, new StringContent(GatewayServer.Message(stream: false)));
        Assert.Equal((200, 429), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(62));
    }

    [Fact]
    public async Task A_count_of_tokens_is_free()
    {
        await using var provider = new RawProvider(RawProvider.Json("""{"input_tokens":14}"""));
        var ledger = new FakeLedger();
        await using var server = await TestServer.StartAsync(settings: Settings("anthropic", provider.Port, ""),
            replace: services => services.AddSingleton<IBudgets>(ledger));
        using var ann = await server.KeyClientAsync("ann");
        using var response = await ann.PostAsync("/anthropic/v1/messages/count_tokens", new StringContent(Body));
        Assert.Equal("""{"input_tokens":14}""", await response.Content.ReadAsStringAsync());
        var entry = Assert.Single(ledger.Entries);
        Assert.Equal((default(CallUsage), default(CallUsage)), (entry.Most, entry.Settled));
    }

    [Theory]
    [InlineData("https://example.org/long.pdf", 150_000)]
    [InlineData("data:application/pdf;base64,AAAA", 5_000)]
    public async Task What_a_call_refers_to_may_fill_the_model_s_context(string url, int least)
    {
        await using var provider = new RawProvider(RawProvider.Json(Reply));
        var ledger = new FakeLedger();
        await using var server = await TestServer.StartAsync(WithCatalogue, Settings("openai", provider.Port, ""),
            services => services.AddSingleton<IBudgets>(ledger));
        using var ann = await server.KeyClientAsync("ann");
        var body = "{\"model\":\"default\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]}]}";
        using var response = await ann.PostAsync("/v1/chat/completions", new StringContent(body));
        Assert.Equal(200, (int)response.StatusCode);
        var most = Assert.Single(ledger.Entries).Most.Input;
        Assert.True(least == 150_000 ? most == least : most < least, $"{most}");
    }

    private static CairnHostOptions WithCatalogue(CairnHostOptions options)
    {
        Directory.CreateDirectory(Path.Combine(options.Workspace, "models"));
        File.WriteAllText(Path.Combine(options.Workspace, "models/catalog.yaml"),
            "version: 1\nmodels: [{ names: [a/m], context: 150000, prices: [{ from: 2020-01-01, input: 1, output: 1 }] }]\n");
        return options;
    }

    private static string Settings(string kind, int port, string more) =>
        $$"""
        version: 1
        storage: sqlite
        models:
          providers:
            a: { kind: {{kind}}, baseUrl: "http://127.0.0.1:{{port}}/v1" }
          routes:
            default: [ a/m ]
        {{more}}
        """;
}
