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
        await _time.UntilTimersAsync(3);
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
            await foreach (var update in Open(new Script([new() { Reply = "Four days.", Failure = new() { Kind = kind, After = 4, StatusCode = 500 } }])).GetStreamingResponseAsync("x"))
                said += update.Text;
        });
        Assert.Equal(("Four", code), (said, failure.Code));
    }

    [Fact]
    public async Task A_hang_ends_at_the_limit()
    {
        var saying = SayAsync(new Script([new() { Failure = new() { Kind = ScriptFailureKind.Hang } }]), "x");
        await _time.UntilTimersAsync(2);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("demo/m: no answer within 30 s", (await Assert.ThrowsAsync<ProviderFailureException>(() => saying)).Message);
    }

    [Fact]
    public async Task A_text_without_a_turn_says_so()
        => Assert.Contains("no turn", (await Assert.ThrowsAsync<ProviderFailureException>(() => SayAsync(new Script([new() { Contains = "a" }]), "b"))).Message);

    private async Task<string> SayAsync(Script script, string text) => (await Open(script).GetResponseAsync(text)).Text;

    private ScriptedChatClient Open(Script script) => new("demo", "m", script, TimeLimits.Default, _time);
}
