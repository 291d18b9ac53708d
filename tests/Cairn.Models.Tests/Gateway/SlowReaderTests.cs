using System.IO.Pipelines;

namespace Cairn.Models.Tests;

/// <summary>The provider's time stands while the caller takes theirs.</summary>
public sealed class SlowReaderTests
{
    private const string Word = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
    private const string End = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private readonly Pipe _provider = new();
    private readonly RawModels _models;

    public SlowReaderTests() => _models = new(_ => Task.FromResult(RawModels.Events(_provider.Reader.AsStream())));

    [Fact]
    public async Task A_caller_who_reads_slowly_does_not_make_the_provider_look_silent()
    {
        var sink = new RawModels.Sink(pauseAt: 1);
        await _provider.Writer.WriteAsync(Bytes(Word));
        var call = _models.SendAsync(sink, stream: true);
        // It has gone out and is not taken, longer than the provider may be silent.
        var read = await sink.Reader.ReadAsync();
        _models.Time.Advance(TimeLimits.Default.BetweenTokens * 3);
        sink.Reader.AdvanceTo(read.Buffer.End);
        await _provider.Writer.WriteAsync(Bytes(End));
        await _provider.Writer.CompleteAsync();
        var rest = sink.ReadAsync();
        if (await Task.WhenAny(call, rest) == call)
            await call;
        Assert.Equal(End, await rest);
        Assert.Null((await call).Error);
    }

    [Fact]
    public async Task A_provider_that_is_silent_after_a_slow_reader_is_still_given_up()
    {
        var sink = new RawModels.Sink(pauseAt: 1);
        await _provider.Writer.WriteAsync(Bytes(Word));
        var call = _models.SendAsync(sink, stream: true);
        var read = await sink.Reader.ReadAsync();
        _models.Time.Advance(TimeLimits.Default.BetweenTokens * 3);
        sink.Reader.AdvanceTo(read.Buffer.End);
        // From when it was taken, the provider's time begins again.
        await _models.Time.UntilDueAsync(TimeLimits.Default.BetweenTokens);
        _models.Time.Advance(TimeLimits.Default.BetweenTokens);
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => call);
        Assert.Equal(("provider.timeout", "a/m: silent for 20 s in the middle of the answer"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task An_answer_that_is_not_taken_in_time_is_the_caller_s_fault()
    {
        var sink = new RawModels.Sink(pauseAt: 1);
        await _provider.Writer.WriteAsync(Bytes(Word));
        var call = _models.SendAsync(sink, stream: true);
        var read = await sink.Reader.ReadAsync();
        _models.Time.Advance(TimeLimits.Default.Total);
        sink.Reader.AdvanceTo(read.Buffer.End);
        var failure = await Assert.ThrowsAsync<CairnException>(() => call);
        Assert.Equal("caller.slow", failure.Code);
    }

    [Fact]
    public async Task A_client_in_this_process_that_reads_slowly_does_not_either()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, Word + Word + End));
        var connection = Connections.To(endpoint.BaseUrl, _models.Time);
        using var client = new OpenAiChatClient(connection, connection.Resolve(endpoint.BaseUrl, "/chat/completions"), "m",
            new(false, false));
        var said = "";
        await foreach (var update in client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "x")]))
        {
            said += update.Text;
            _models.Time.Advance(TimeLimits.Default.BetweenTokens * 1.5);
        }
        Assert.Equal("wordword", said);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
