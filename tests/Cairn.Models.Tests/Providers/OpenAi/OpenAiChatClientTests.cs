using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiChatClientTests
{
    private const string Key = "sk-secret-0123456789";
    private const string Hello =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Four \"}}]}\r\n\r\n: keep alive\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"dàys.\"}}]}\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" +
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\n" +
        "data: [DONE]\n\n";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_answer_is_streamed_with_its_usage()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, Hello));
        var response = await AskAsync(endpoint.BaseUrl);
        Assert.Equal("Four dàys.", response.Text);
        Assert.Equal((12, 3), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        using var sent = JsonDocument.Parse(endpoint.Bodies.Single());
        Assert.Equal("gpt-mini", sent.RootElement.GetProperty("model").GetString());
        Assert.True(sent.RootElement.GetProperty("stream").GetBoolean());
        Assert.True(sent.RootElement.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.Equal("user", sent.RootElement.GetProperty("messages")[0].GetProperty("role").GetString());
        Assert.Equal("Bearer " + Key, endpoint.Authorizations.Single());
    }

    [Fact]
    public async Task The_stream_may_be_cut_at_any_byte()
    {
        var bytes = Encoding.UTF8.GetBytes(Hello);
        var cut = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            c.Response.ContentType = "text/event-stream";
            await c.Response.Body.WriteAsync(bytes.AsMemory(0, cut));
            await c.Response.Body.FlushAsync();
            await c.Response.Body.WriteAsync(bytes.AsMemory(cut));
        });
        using var client = Open(endpoint.BaseUrl);
        for (cut = 0; cut <= bytes.Length; cut += 1)
            Assert.Equal("Four dàys.", (await client.GetResponseAsync("How long?")).Text);
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_understood()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.ContentType = "application/json";
            return c.Response.WriteAsync(
                """{"choices":[{"message":{"role":"assistant","content":"Whole."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""");
        });
        Assert.Equal("Whole.", (await AskAsync(endpoint.BaseUrl)).Text);
    }

    [Fact]
    public async Task An_end_without_DONE_after_a_finish_reason_is_an_end()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c,
            Hello[..Hello.IndexOf("data: {\"choices\":[],", StringComparison.Ordinal)]));
        Assert.Equal("Four dàys.", (await AskAsync(endpoint.BaseUrl)).Text);
    }

    [Theory]
    [InlineData("text/html", "<!doctype html><title>Sign in</title>", "provider.html")]
    [InlineData("text/plain", "<html>proxy</html>", "provider.html")]
    [InlineData("text/event-stream", "data: <html>\n\n", "provider.html")]
    [InlineData("text/event-stream", "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n", "provider.failed")]
    [InlineData("text/event-stream", "data: {\"error\":\"model crashed\"}\n\n", "provider.failed")]
    [InlineData("text/event-stream", "data: {not json\n\n", "provider.malformed")]
    [InlineData("text/event-stream", "data: [1]\n\n", "provider.malformed")]
    [InlineData("text/event-stream", "data: {\"choices\":{}}\n\n", "provider.malformed")]
    [InlineData("text/event-stream", "data: {\"choices\":[7]}\n\n", "provider.malformed")]
    [InlineData("text/event-stream", "", "provider.malformed")]
    [InlineData("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"Half an ans\"}}]}\n\n", "provider.closed")]
    [InlineData("application/json", "not json", "provider.malformed")]
    public async Task An_answer_that_is_none_is_a_failure_with_a_code(string type, string body, string code)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.ContentType = type;
            return c.Response.WriteAsync(body);
        });
        Assert.Equal(code, (await FailureAsync(endpoint.BaseUrl)).Code);
    }

    [Theory]
    [InlineData(401, "provider.key")]
    [InlineData(404, "provider.model")]
    [InlineData(429, "provider.limited")]
    [InlineData(500, "provider.failed")]
    [InlineData(529, "provider.overloaded")]
    [InlineData(400, "provider.refused")]
    public async Task A_status_says_what_is_wrong_and_never_the_key(int status, string code)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            return c.Response.WriteAsync("{\"error\":{\"message\":\"Wrong: " + Key + "\\u001b[31m and sk-other-98765\"}}");
        });
        var failure = await FailureAsync(endpoint.BaseUrl);
        Assert.Equal(code, failure.Code);
        Assert.StartsWith("cloud/gpt-mini: ", failure.Message);
        Assert.Contains("Wrong:", failure.Message);
        Assert.DoesNotContain(Key, failure + failure.Message + failure.Fix);
        Assert.DoesNotContain("98765", failure.Message);
        Assert.DoesNotContain('\u001b', failure.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, Hello));
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.Redirect(elsewhere.BaseUrl + "/chat/completions", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        Assert.Equal("provider.redirect", (await FailureAsync(endpoint.BaseUrl)).Code);
        Assert.Empty(elsewhere.Bodies);
    }

    [Fact]
    public async Task Nothing_at_the_address_is_said_with_the_address()
    {
        Uri address;
        await using (var endpoint = await FakeEndpoint.StartAsync(_ => Task.CompletedTask))
            address = endpoint.BaseUrl;
        var failure = await FailureAsync(address);
        Assert.Equal("provider.unreachable", failure.Code);
        Assert.Contains(address.Authority, failure.Message);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_at_the_limit()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(FakeEndpoint.HangAsync);
        var asking = FailureAsync(endpoint.BaseUrl);
        await _time.UntilTimersAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("cloud/gpt-mini: no answer within 30 s", (await asking).Message);
    }

    [Fact]
    public async Task Comments_alone_are_no_answer()
    {
        var sent = new TaskCompletionSource();
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            await FakeEndpoint.SendAsync(c, ": processing\n\ndata: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n");
            sent.SetResult();
            await FakeEndpoint.HangAsync(c);
        });
        var asking = FailureAsync(endpoint.BaseUrl);
        await sent.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("provider.timeout", (await asking).Code);
    }

    [Fact]
    public async Task Silence_in_the_middle_is_told_from_silence_at_the_start()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            await FakeEndpoint.SendAsync(c, "data: {\"choices\":[{\"delta\":{\"content\":\"Four\"}}]}\n\n");
            await FakeEndpoint.HangAsync(c);
        });
        using var client = Open(endpoint.BaseUrl);
        await using var stream = client.GetStreamingResponseAsync("How long?").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("Four", stream.Current.Text);
        var next = stream.MoveNextAsync();
        _time.Advance(TimeSpan.FromSeconds(20));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(async () => await next);
        Assert.Equal("cloud/gpt-mini: silent for 20 s in the middle of the answer", failure.Message);
    }

    [Fact]
    public async Task A_server_that_trickles_for_ever_ends_at_the_total()
    {
        var go = new SemaphoreSlim(0);
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await FakeEndpoint.SendAsync(c, "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n");
                await go.WaitAsync(c.RequestAborted);
            }
        });
        using var client = Open(endpoint.BaseUrl);
        await using var stream = client.GetStreamingResponseAsync("How long?").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(async () =>
        {
            // The time passes while the caller waits; what passes while they read is their own.
            for (var more = true; more;)
            {
                var next = stream.MoveNextAsync();
                _time.Advance(TimeSpan.FromSeconds(15));
                go.Release();
                more = await next;
            }
        });
        Assert.Equal("cloud/gpt-mini: no whole answer within 120 s", failure.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_a_failure()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            await FakeEndpoint.SendAsync(c, "data: {\"choices\":[{\"delta\":{\"content\":\"Four\"}}]}\n\n");
            c.Abort();
        });
        Assert.Equal("provider.closed", (await FailureAsync(endpoint.BaseUrl)).Code);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_failure_of_the_provider()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(FakeEndpoint.HangAsync);
        using var stop = new CancellationTokenSource();
        using var client = Open(endpoint.BaseUrl);
        var asking = client.GetResponseAsync("How long?", cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private async Task<ChatResponse> AskAsync(Uri baseUrl)
    {
        using var client = Open(baseUrl);
        return await client.GetResponseAsync("How long?");
    }

    private async Task<ProviderFailureException> FailureAsync(Uri baseUrl)
        => await Assert.ThrowsAsync<ProviderFailureException>(() => AskAsync(baseUrl));

    private IChatClient Open(Uri baseUrl) => new OpenAiKind().Open(Connections.To(baseUrl, _time, Key), "gpt-mini").Chat;
}
