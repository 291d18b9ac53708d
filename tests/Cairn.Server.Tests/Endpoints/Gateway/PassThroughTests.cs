using System.Text.Json;
using Cairn.Models;

namespace Cairn.Server.Tests;

public sealed class PassThroughTests
{
    private const string Reply = """{"id":"c1","object":"chat.completion","odd":{"kept":[1.50,"é"]},"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}""";
    private const string First =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    private const string Word =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}],\"usage\":null}\n\n";
    private const string Last = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private const string Usage = "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public async Task Only_the_model_s_name_changes_on_the_way_and_nothing_on_the_way_back()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply,
            headers: "x-ratelimit-remaining-requests: 41\r\nSet-Cookie: no=1\r\n"));
        const string Body = "{ \"unknown\" : [1.0, {\"model\":\"inner\"}],\n \"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}], \"model\":\"default\" , \"z\":null }";

        using var response = await gateway.PostAsync("/v1/chat/completions", Body);

        Assert.Equal(Reply, await response.Content.ReadAsStringAsync());
        Assert.Equal(Body.Replace("\"default\"", "\"m\"", StringComparison.Ordinal), gateway.Provider(0).Bodies.Single());
        Assert.Equal(("41", "a/m"),
            (response.Headers.GetValues("x-ratelimit-remaining-requests").Single(), response.Headers.GetValues("x-cairn-model").Single()));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(new CallUsage(7, 4, 0, 3, 0), gateway.Ledger.Entries.Single().Settled);
        Assert.Equal(("ann", 26), (gateway.Ledger.Entries.Single().Origin.Caller.User, gateway.Ledger.Entries.Single().Origin.Key!.Length));
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("", "{\"stream_options\":{\"include_usage\":true},\"model\"", false)]
    [InlineData(",\"stream_options\":null", "\"stream_options\":{\"include_usage\":true}}", false)]
    [InlineData(",\"stream_options\":{}", "\"stream_options\":{\"include_usage\":true}}", false)]
    [InlineData(",\"stream_options\":{\"x\":1}", "\"stream_options\":{\"include_usage\":true,\"x\":1}}", false)]
    [InlineData(",\"stream_options\":{\"include_usage\":false}", "\"stream_options\":{\"include_usage\":true}}", false)]
    [InlineData(",\"stream_options\":{\"include_usage\":true}", "\"stream_options\":{\"include_usage\":true}}", true)]
    public async Task A_stream_s_usage_is_asked_for_and_shown_only_to_who_asked(string options, string sent, bool shown)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(First, Word, Last, Usage, Done));

        using var response = await gateway.ChatAsync(stream: true, rest: options);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(First + Word + Last + (shown ? Usage : "") + Done, await response.Content.ReadAsStringAsync());
        Assert.Contains(sent, gateway.Provider(0).Bodies.Single());
        await GatewayServer.UntilAsync(() => gateway.Ledger.Entries.Single().Settled == new CallUsage(9, 0, 0, 2, 0));
    }

    [Fact]
    public async Task A_stream_cut_at_every_byte_arrives_as_it_was_sent()
    {
        var whole = First + Word + Last + Usage + Done;
        var cut = 0;
        await using var gateway = await GatewayServer.StartAsync(exchange => RawProvider.Events(whole[..cut], whole[cut..])(exchange));
        for (cut = 1; cut < whole.Length; cut++)
        {
            using var response = await gateway.ChatAsync(stream: true);
            Assert.Equal(First + Word + Last + Done, await response.Content.ReadAsStringAsync());
        }
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Events_reach_the_caller_while_the_model_still_writes()
    {
        var more = new TaskCompletionSource();
        await using var gateway = await GatewayServer.StartAsync(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(First);
            await more.Task;
            await exchange.ChunkAsync(Word + Last + Done);
            await exchange.EndAsync();
        });

        using var response = await gateway.ChatAsync(stream: true);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        var read = await stream.ReadAtLeastAsync(buffer, First.Length);
        Assert.Equal(First, System.Text.Encoding.UTF8.GetString(buffer, 0, read));
        more.SetResult();
        using var rest = new StreamReader(stream);
        Assert.Equal(Word + Last + Done, await rest.ReadToEndAsync());
    }

    [Fact]
    public async Task An_Anthropic_client_reaches_an_OpenAI_model()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(First, Word, Last, Usage, Done));
        using var key = new HttpClient { BaseAddress = gateway.Client.BaseAddress };
        key.DefaultRequestHeaders.Add("x-api-key", gateway.Client.DefaultRequestHeaders.Authorization!.Parameter);

        using var response = await key.PostAsync("/anthropic/v1/messages", new StringContent(GatewayServer.Message(stream: false)));

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("Hi", json.RootElement.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(9, json.RootElement.GetProperty("usage").GetProperty("input_tokens").GetInt32());
        using var streamed = await key.PostAsync("/anthropic/v1/messages", new StringContent(GatewayServer.Message(stream: true)));
        var events = await streamed.Content.ReadAsStringAsync();
        Assert.Contains("event: message_start", events);
        Assert.Contains("event: message_stop", events);
        Assert.All(gateway.Ledger.Entries, e => Assert.Equal(new CallUsage(9, 0, 0, 2, 0), e.Settled));
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task The_list_of_models_names_routes_models_and_apps()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        var list = await TestServer.GetAsync(gateway.Client, "/v1/models");
        Assert.Equal(["default", "a/m", "app/assistant"],
            list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
    }
}
