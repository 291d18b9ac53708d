namespace Cairn.Server.Tests;

public sealed class GatewayCacheTests
{
    private const string Reply = """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";
    private const string Events =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task Equal_calls_get_the_kept_reply_and_a_stream_is_replayed_as_one()
    {
        await using var gateway = await StartAsync(exchange => exchange.Streams
            ? RawProvider.Events(Events)(exchange)
            : RawProvider.Json(Reply)(exchange));
        foreach (var stream in new[] { false, true })
        {
            using var first = await gateway.ChatAsync(stream);
            var text = await first.Content.ReadAsStringAsync();
            using var second = await gateway.ChatAsync(stream);
            Assert.Equal(text, await second.Content.ReadAsStringAsync());
            Assert.Equal((false, "hit"), (first.Headers.Contains("x-cairn-cache"), second.Headers.GetValues("x-cairn-cache").Single()));
            Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        }
        Assert.Equal(2, gateway.Provider(0).Bodies.Count);
        Assert.Equal(2, gateway.Ledger.Entries.Count);
    }

    [Fact]
    public async Task Equal_calls_at_once_ask_the_provider_once()
    {
        var answer = new TaskCompletionSource();
        await using var gateway = await StartAsync(async exchange =>
        {
            await answer.Task;
            await RawProvider.Json(Reply)(exchange);
        });
        var calls = Enumerable.Range(0, 8).Select(_ => gateway.ChatAsync()).ToList();
        await GatewayServer.UntilAsync(() => gateway.Provider(0).InFlight == 1);
        answer.SetResult();
        foreach (var call in calls)
        {
            using var response = await call;
            Assert.Equal(Reply, await response.Content.ReadAsStringAsync());
        }
        Assert.Single(gateway.Provider(0).Bodies);
    }

    [Fact]
    public async Task A_failure_is_not_kept_and_callers_with_other_rights_share_nothing()
    {
        var fail = true;
        await using var gateway = await StartAsync(exchange => fail
            ? RawProvider.Json("{}", 500)(exchange)
            : RawProvider.Json(Reply)(exchange));
        using (var failed = await gateway.ChatAsync())
            Assert.Equal(503, (int)failed.StatusCode);
        fail = false;
        using (var first = await gateway.ChatAsync())
            Assert.True(first.IsSuccessStatusCode);
        using var other = await gateway.Server.KeyClientAsync("eve", "legal");
        using var second = await other.PostAsync("/v1/chat/completions", new StringContent(GatewayServer.Chat(false)));
        Assert.False(second.Headers.Contains("x-cairn-cache"));
        Assert.Equal(3, gateway.Provider(0).Bodies.Count);
    }

    private static Task<GatewayServer> StartAsync(Func<RawExchange, Task> answer)
        => GatewayServer.StartAsync(GatewayServer.Limits, "      cache: exact\n", answer);
}
