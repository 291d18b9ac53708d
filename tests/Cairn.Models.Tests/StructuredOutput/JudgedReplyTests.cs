using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>The time of a reply that is held for its schema.</summary>
public sealed class JudgedReplyTests
{
    private const string Format = ""","response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"integer"}}}""";

    [Fact]
    public async Task A_whole_reply_that_comes_slowly_has_the_time_for_all_of_it()
    {
        RawModels models = null!;
        models = new(_ => Task.FromResult(RawModels.Events(
            new Pieces(Late, """{"choices":[{"index":0,""", """ "message":{"content":"1"},"finish_reason":"stop"}]}"""))));
        Assert.Null((await models.SendAsync(new RawModels.Sink(), rest: Format)).Error);

        void Late() => models.Time.Advance(TimeLimits.Default.BetweenTokens * 1.5);
    }

    [Fact]
    public async Task A_stream_that_comes_slowly_is_given_up()
    {
        RawModels models = null!;
        models = new(cancellationToken => Task.FromResult(RawModels.Events(new Pieces(Late, Says("1"), "data: [DONE]\n\n"))));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(
            () => models.SendAsync(new RawModels.Sink(), stream: true, rest: Format));
        Assert.Equal(("provider.timeout", "a/m: silent for 20 s in the middle of the answer"), (failure.Code, failure.Message));

        void Late() => models.Time.Advance(TimeLimits.Default.BetweenTokens * 1.5);
    }

    [Fact]
    public async Task A_second_try_has_as_long_to_its_first_token_as_the_first_had()
    {
        RawModels models = null!;
        models = new(cancellationToken =>
        {
            if (models.Asked.Count == 1)
                return Task.FromResult(RawModels.Events(new Pieces(null, Says("one"), "data: [DONE]\n\n")));
            models.Time.Advance(TimeLimits.Default.FirstToken - TimeSpan.FromSeconds(1));
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(RawModels.Events(new Pieces(null, Says("1"), "data: [DONE]\n\n")));
        });
        Assert.Null((await models.SendAsync(new RawModels.Sink(), stream: true, rest: Format)).Error);
        Assert.Equal(2, models.Asked.Count);
    }

    [Fact]
    public async Task A_tool_that_one_choice_calls_leaves_the_others_bound()
    {
        var models = new RawModels(_ => Task.FromResult(RawModels.Json(
            """{"choices":[{"index":0,"message":{"tool_calls":[{"id":"t","type":"function","function":"""
                + """{"name":"f","arguments":"{}"}}]}},{"index":1,"message":{"content":"one"}}]}""")));
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(
            () => models.SendAsync(new RawModels.Sink(), rest: Format + ",\"n\":2"));
        Assert.Equal("output.invalid", failure.Code);
        Assert.Single(models.Asked);
    }

    [Fact]
    public async Task The_choice_that_was_cut_off_names_the_failure()
    {
        var models = new RawModels(_ => Task.FromResult(RawModels.Json(
            """{"choices":[{"index":0,"message":{"content":"[1"},"finish_reason":"length"},{"index":1,"message":"""
                + """{"content":"1"},"finish_reason":"stop"}]}""")));
        var failure = await Assert.ThrowsAsync<StructuredOutputException>(
            () => models.SendAsync(new RawModels.Sink(), rest: Format + ",\"n\":2"));
        Assert.Equal("output.truncated", failure.Code);
    }

    private static string Says(string text)
        => $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":\"stop\"}}]}}\n\n";

    /// <summary>Gives one piece for each reading; time passes before all but the first.</summary>
    private sealed class Pieces(Action? between, params string[] pieces) : MemoryStream
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next > 0)
                between?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            if (_next >= pieces.Length)
                return ValueTask.FromResult(0);
            return ValueTask.FromResult(Encoding.UTF8.GetBytes(pieces[_next++], buffer.Span));
        }
    }
}
