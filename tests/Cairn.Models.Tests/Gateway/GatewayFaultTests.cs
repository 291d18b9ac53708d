using System.IO.Pipelines;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>Faults that need time of their own; those that need sockets are in the server's tests.</summary>
public sealed class GatewayFaultTests
{
    private const string Reply = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";

    [Fact]
    public async Task A_provider_that_recovers_is_tried_by_one_call_and_then_serves_all()
    {
        var answer = RawModels.Status(500, "{}");
        var models = new RawModels(_ => Task.FromResult(answer));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("provider.failed", await CodeAsync(models));
            answer = RawModels.Status(500, "{}");
        }
        Assert.Equal("provider.resting", await CodeAsync(models));
        models.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("provider.failed", await CodeAsync(models));
        Assert.Equal("provider.resting", await CodeAsync(models));
        Assert.Equal(4, models.Asked.Count);
        models.Time.Advance(TimeSpan.FromSeconds(30));
        answer = RawModels.Json(Reply);
        Assert.Null(await CodeAsync(models));
        models.Time.Advance(CacheDeclaration.Default.Keep * 2);
        answer = RawModels.Json(Reply);
        Assert.Null(await CodeAsync(models));
        Assert.Equal(6, models.Asked.Count);
    }

    [Fact]
    public async Task A_wrong_body_is_told_whether_or_not_the_model_rests_and_is_nothing_that_the_model_did()
    {
        using var failing = new FailingChat();
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = failing };
        Assert.Equal("request.invalid", await CodeAsync(models, ",\"temperature\":\"hot\""));
        Assert.Empty(models.Ended.Single().Attempts);
        for (var i = 0; i < 3; i++)
            Assert.Equal("provider.failed", await CodeAsync(models));
        Assert.Equal("request.invalid", await CodeAsync(models, ",\"temperature\":\"hot\""));
        Assert.Equal("provider.resting", await CodeAsync(models));
        Assert.Equal("provider.resting", models.Ended.Last().Attempts.Single().Error);
        // What was never sent stands in the call's record alone.
        Assert.Equal((3, 3), (models.Meter.Duration.Counts.Sum(), models.Meter.Failures.Values.Sum()));
    }

    [Fact]
    public async Task Tokens_are_counted_for_a_model_that_rests_where_its_provider_is_not_needed_for_it()
    {
        using var failing = new FailingChat();
        var models = new RawModels(_ => throw new InvalidOperationException(), new SevenTokens()) { Chat = failing };
        for (var i = 0; i < 3; i++)
            Assert.Equal("provider.failed", await CodeAsync(models));
        models.Protocol = WireProtocol.AnthropicCountTokens;
        var sink = new RawModels.Sink();
        await models.SendAsync(sink);
        await sink.Body.FlushAsync();
        Assert.Equal("""{"input_tokens":7}""", await sink.ReadAsync());
        // Nor is the model taken for well because of it.
        models.Protocol = WireProtocol.OpenAiChat;
        Assert.Equal("provider.resting", await CodeAsync(models));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task A_clock_that_jumps_in_the_middle_of_a_stream_ends_nothing_and_books_true_times(int days)
    {
        var provider = new Pipe();
        var models = new RawModels(_ => Task.FromResult(RawModels.Events(provider.Reader.AsStream())));
        var sink = new RawModels.Sink();
        await provider.Writer.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n"u8.ToArray());
        var call = models.SendAsync(sink, stream: true);
        await sink.Reader.ReadAsync();
        models.Clock.Jump = TimeSpan.FromDays(days);
        models.Time.Advance(TimeSpan.FromSeconds(3));
        await provider.Writer.WriteAsync(
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8.ToArray());
        await provider.Writer.CompleteAsync();
        var record = await call;
        Assert.Equal((null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (record.Error, record.Took, record.Attempts.Single().Took));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"content_filter"}],"usage":{"prompt_tokens":7,"completion_tokens":0}}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"berth","arguments":"{\"length\":1"}}]},"finish_reason":"length"}],"usage":{"prompt_tokens":7,"completion_tokens":9}}""")]
    [InlineData("""{"id":"same","choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"c1"},{"id":"c1"}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":9}}""")]
    public async Task What_a_provider_says_oddly_passes_as_it_was_said_and_is_booked(string reply)
    {
        var models = new RawModels(_ => Task.FromResult(RawModels.Json(reply)));
        var sink = new RawModels.Sink();
        var record = await models.SendAsync(sink);
        Assert.Equal(reply, await sink.ReadAsync());
        Assert.Equal((null, 7L, false), (record.Error, record.Attempts.Single().Usage.Input, record.Attempts.Single().UsageEstimated));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}""")]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 6048 tokens. However, you requested 6616 tokens."}""")]
    [InlineData(500, """{"error":{"message":"the request exceeds the available context size.","type":"exceed_context_size_error"}}""")]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 201000 tokens > 200000 maximum"}}""")]
    [InlineData(400, """{"type":"error","error":{"message":"input length and `max_tokens` exceed context limit: 174167 + 64000 > 200000"}}""")]
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (132478) exceeds the maximum number of tokens allowed (131072)."}}""")]
    [InlineData(400, """{"message":"Input is too long for requested model."}""")]
    public async Task A_provider_that_calls_a_call_too_long_is_heard_in_one_way_and_not_blamed(int status, string body)
    {
        var models = new RawModels(_ => Task.FromResult(RawModels.Status(status, body)));
        for (var i = 0; i < 4; i++)
            Assert.Equal("provider.context", await CodeAsync(models));
        Assert.Equal(4, models.Asked.Count);
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            await FakeEndpoint.SendAsync(context, body);
        });
        var connection = Connections.To(endpoint.BaseUrl, models.Clock);
        using var client = new OpenAiChatClient(connection, connection.Resolve(endpoint.BaseUrl, "/chat/completions"), "m",
            new(false, false));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => client.GetResponseAsync("x"));
        Assert.Equal(("provider.context", ErrorKind.Input, RetryScope.Elsewhere), (failure.Code, failure.Kind, failure.Retry));
    }

    private static async Task<string?> CodeAsync(RawModels models, string rest = "")
    {
        try
        {
            return (await models.SendAsync(new RawModels.Sink(), rest: rest)).Error;
        }
        catch (CairnException e)
        {
            return e.Code;
        }
    }

    private sealed class FailingChat : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw FakeModels.Failure("provider.failed");

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw FakeModels.Failure("provider.failed");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class SevenTokens : ITokenCounter
    {
        public ValueTask<TokenCount> CountAsync(
            ModelName model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
            => new(new TokenCount(7, true));

        public long AtMost(ModelName model, long bodyBytes) => bodyBytes;
    }
}
