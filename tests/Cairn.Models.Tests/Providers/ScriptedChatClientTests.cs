using System.Text.RegularExpressions;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class ScriptedChatClientTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task The_first_turn_that_matches_the_newest_user_text_answers()
    {
        var script = new Script(
        [
            new() { Contains = "berth", Reply = "Four days." },
            new() { Matches = new Regex(@"tug (\w+)", RegexOptions.IgnoreCase), Reply = "About $1." },
            new() { Reply = "Else." },
        ]);
        Assert.Equal("Four days.", await SayAsync(script, "Which BERTH?"));
        Assert.Equal("About Anna.", await SayAsync(script, "Where is tug Anna?"));
        Assert.Equal("Else.", await SayAsync(script, "?"));
    }

    [Fact]
    public async Task Pieces_joined_are_the_reply_and_no_pair_is_cut()
    {
        const string Reply = "🚢🚢🚢 abc";
        var pieces = new List<string>();
        await foreach (var update in Open(new Script([new() { Reply = Reply, PieceLength = 1 }])).GetStreamingResponseAsync("x"))
            pieces.Add(update.Text);
        Assert.Equal(Reply, string.Concat(pieces));
        Assert.All(pieces.Where(p => p.Length > 0), p => Assert.False(char.IsHighSurrogate(p[^1])));
    }

    [Fact]
    public async Task A_delay_passes_on_the_injected_time()
    {
        var saying = SayAsync(new Script([new() { Reply = "late", Delay = TimeSpan.FromSeconds(10) }]), "x");
        await _time.UntilTimersAsync(2);
        Assert.False(saying.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("late", await saying);
    }

    [Theory]
    [InlineData(ScriptFailureKind.Close, "provider.closed")]
    [InlineData(ScriptFailureKind.Html, "provider.html")]
    [InlineData(ScriptFailureKind.Status, "provider.failed")]
    public async Task A_failure_comes_after_its_characters(ScriptFailureKind kind, string code)
    {
        var said = "";
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(async () =>
        {
            await foreach (var update in Open(new Script([new()
            {
                Reply = "Four days.",
                Failure = new() { Kind = kind, After = 4, StatusCode = 500 },
            }])).GetStreamingResponseAsync("x"))
                said += update.Text;
        });
        Assert.Equal(("Four", code), (said, failure.Code));
    }

    [Fact]
    public async Task A_hang_ends_at_the_limit()
    {
        var saying = SayAsync(new Script([new() { Failure = new() { Kind = ScriptFailureKind.Hang } }]), "x");
        await _time.UntilTimersAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("demo/m: no answer within 30 s", (await Assert.ThrowsAsync<ProviderFailureException>(() => saying)).Message);
    }

    [Fact]
    public async Task Tools_are_called_in_steps_and_their_results_are_said()
    {
        var script = new Script(
        [
            new()
            {
                Results = 0,
                Reasoning = "Hm.",
                Calls = [new("berth", "{\"length\":180}", "c1"), new("tide", "{\"cut", "c1")],
                Usage = new(10, 4, 2, 8, 3),
            },
            new() { Results = 2, Reply = "It says {{result}}." },
        ]);
        var first = await Open(script).GetResponseAsync("x");
        Assert.Equal("thinks 'Hm.'; c1 berth {\"length\":180}; c1_2 tide {\"cut broken; tool_calls; 10(4,2)+8(3)", ReplySummary.Of(first));
        var second = await Open(script)
            .GetResponseAsync([new(ChatRole.User, "x"), .. first.Messages,
                new(ChatRole.Tool, [new FunctionResultContent("c1", "four"), new FunctionResultContent("c1_2", "high")])]);
        Assert.Equal("It says high.", second.Text);
    }

    [Fact]
    public async Task Every_piece_has_its_log_probability()
    {
        var response = await Open(new Script([new() { Reply = "Four.", PieceLength = 3, Logprob = -0.5 }])).GetResponseAsync("x");
        var tokens = ((System.Text.Json.JsonElement)response.AdditionalProperties![CallParameters.Logprobs]!).Items("content").ToList();
        Assert.Equal(["Fou", "r."], tokens.Select(t => t.Text("token")!));
        Assert.Equal(-0.5, tokens[0].GetProperty("logprob").GetDouble());
    }

    [Fact]
    public async Task A_status_tells_how_long_to_wait()
    {
        var failing = Open(new Script([new() { Failure = new() { Kind = ScriptFailureKind.Status, StatusCode = 429,
            RetryAfter = TimeSpan.FromSeconds(7) } }]));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => failing.GetResponseAsync("x"));
        Assert.Equal(("provider.limited", 429, 7.0, RetryScope.Again),
            (failure.Code, failure.Status, failure.RetryAfter!.Value.TotalSeconds, failure.Retry));
    }

    [Fact]
    public async Task The_same_text_has_the_same_vector_of_length_one()
    {
        using var embeddings = new ScriptedEmbeddings(16);
        var made = await embeddings.GenerateAsync(["a", "b", "a"]);
        Assert.Equal(made[0].Vector.ToArray(), made[2].Vector.ToArray());
        Assert.NotEqual(made[0].Vector.ToArray(), made[1].Vector.ToArray());
        Assert.Equal(1, made[0].Vector.ToArray().Sum(v => v * v), 3);
    }

    [Fact]
    public async Task A_text_without_a_turn_says_so()
        => Assert.Contains("no turn",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => SayAsync(new Script([new() { Contains = "a" }]), "b"))).Message);

    private async Task<string> SayAsync(Script script, string text) => (await Open(script).GetResponseAsync(text)).Text;

    private ScriptedChatClient Open(Script script) => new("demo", "m", script, TimeLimits.Default, _time);
}
