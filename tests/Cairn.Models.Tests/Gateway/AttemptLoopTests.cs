using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class AttemptLoopTests
{
    private static readonly ImmutableArray<ModelName> Two = [new("a", "m"), new("b", "m")];

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly FakeModels _models = new();

    [Fact]
    public async Task A_retry_waits_as_long_as_the_provider_asks()
    {
        var tries = 0;
        _models.Answers("a/m", _ => ++tries == 1
            ? throw FakeModels.Failure("provider.overloaded", TimeSpan.FromSeconds(3))
            : Task.FromResult("hello")).Says("b/m", "no");
        var answer = _models.Route(new("r", Two) { Retries = 1 })(FakeModels.Ann).GetResponseAsync("x");
        await _models.Time.UntilDueAsync(TimeSpan.FromSeconds(3));
        _models.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, tries);
        _models.Time.Advance(TimeSpan.FromSeconds(.2));
        Assert.Equal("hello", (await answer).Text);
        Assert.Equal(["a/m", "a/m"], _models.Asked);
    }

    [Fact]
    public async Task A_retry_without_a_time_waits_with_jitter_and_longer_each_time()
    {
        _models.Fails("a/m", FakeModels.Failure("provider.failed")).Says("b/m", "hello");
        var answer = _models.Route(new("r", Two) { Retries = 2 })(FakeModels.Ann).GetResponseAsync("x");
        // Half of the wait at least, all of it at most; the second is twice as long.
        foreach (var most in new[] { TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500) })
        {
            await _models.Time.UntilDueAsync(most);
            var asked = _models.Asked.Count;
            _models.Time.Advance((most / 2) - TimeSpan.FromTicks(1));
            Assert.Equal(asked, _models.Asked.Count);
            _models.Time.Advance((most / 2) + TimeSpan.FromTicks(1));
        }
        Assert.Equal("hello", (await answer).Text);
        Assert.Equal(["a/m", "a/m", "a/m", "b/m"], _models.Asked);
    }

    [Theory]
    [InlineData("provider.limited", 60)]
    [InlineData("provider.key", null)]
    [InlineData("provider.model", null)]
    public async Task What_does_not_pass_soon_is_the_next_model_s_turn_at_once(string code, int? seconds)
    {
        _models.Fails("a/m", FakeModels.Failure(code, seconds is { } s ? TimeSpan.FromSeconds(s) : null)).Says("b/m", "hello");
        var response = await _models.Route(new("r", Two) { Retries = 3 })(FakeModels.Ann).GetResponseAsync("x");
        Assert.Equal(("hello", "b/m"), (response.Text, response.ModelId));
        Assert.Equal(["a/m", "b/m"], _models.Asked);
    }

    [Fact]
    public async Task A_request_that_is_wrong_is_nobody_else_s()
    {
        _models.Fails("a/m", FakeModels.Failure("provider.refused")).Says("b/m", "hello");
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => _models.Route(new("r", Two))(FakeModels.Ann)
            .GetResponseAsync("x"));
        Assert.Equal("provider.refused", failure.Code);
        Assert.Equal(["a/m"], _models.Asked);
    }

    [Fact]
    public async Task An_answer_without_content_that_gives_its_reason_is_an_answer()
    {
        _models.Says("a/m", "").Says("b/m", "no");
        var open = _models.Route(new("r", Two) { Retries = 0 });
        for (var i = 0; i < 4; i++)
        {
            var response = await open(FakeModels.Ann).GetResponseAsync("x");
            Assert.Equal(("", ChatFinishReason.Stop, 2), (response.Text, response.FinishReason, response.Usage?.OutputTokenCount));
        }
        Assert.All(_models.Asked, asked => Assert.Equal("a/m", asked));
        Assert.Equal(4, _models.Asked.Count);
    }

    [Fact]
    public async Task An_answer_without_content_and_reason_is_malformed()
    {
        _models.FinishReason = null;
        _models.Says("a/m", "");
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(
            () => _models.Route(new("r", [Two[0]]) { Retries = 0 })(FakeModels.Ann).GetResponseAsync("x"));
        Assert.Equal("provider.malformed", failure.Code);
    }

    [Fact]
    public async Task A_limited_model_is_left_alone_as_long_as_it_asked()
    {
        _models.Fails("a/m", FakeModels.Failure("provider.limited", TimeSpan.FromSeconds(60))).Says("b/m", "hello");
        var open = _models.Route(new("r", Two));
        await open(FakeModels.Ann).GetResponseAsync("x");
        await open(FakeModels.Ann).GetResponseAsync("x");
        Assert.Equal(["a/m", "b/m", "b/m"], _models.Asked);
        _models.Time.Advance(TimeSpan.FromSeconds(61));
        await open(FakeModels.Ann).GetResponseAsync("x");
        Assert.Equal(["a/m", "b/m", "b/m", "a/m", "b/m"], _models.Asked);
    }

    [Fact]
    public async Task A_hedge_asks_the_next_model_after_a_while_and_leaves_the_slow_one()
    {
        var left = new TaskCompletionSource();
        _models.Answers("a/m", async cancellationToken =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                left.SetResult();
            }
            return "late";
        }).Says("b/m", "hello");
        var answer = _models.Route(new("r", Two) { Hedge = Patience })(FakeModels.Ann).GetResponseAsync("x");
        await PatienceEndsAsync();
        Assert.Equal(("hello", "b/m"), ((await answer).Text, (await answer).ModelId));
        await left.Task;
        Assert.Equal(["a/m", "b/m"], _models.Asked);
    }

    [Fact]
    public async Task A_model_that_a_hedge_asked_in_vain_is_not_asked_again_in_its_turn()
    {
        var slow = new TaskCompletionSource<string>();
        _models.Answers("a/m", cancellationToken => slow.Task.WaitAsync(cancellationToken))
            .Fails("b/m", FakeModels.Failure("provider.failed")).Says("c/m", "hello");
        var answer = _models.Route(new("r", [.. Two, new("c", "m")]) { Hedge = Patience })(FakeModels.Ann).GetResponseAsync("x");
        await PatienceEndsAsync();
        slow.SetException(FakeModels.Failure("provider.failed"));
        Assert.Equal("hello", (await answer).Text);
        Assert.Equal(["a/m", "b/m", "c/m"], _models.Asked);
    }

    [Fact]
    public async Task A_hedge_asks_another_model_than_the_one_that_is_slow()
    {
        var slow = new TaskCompletionSource<string>();
        _models.Answers("a/m", cancellationToken => slow.Task.WaitAsync(cancellationToken)).Says("b/m", "hello");
        var answer = _models.Route(new("r", [Two[0], .. Two]) { Hedge = Patience })(FakeModels.Ann).GetResponseAsync("x");
        await PatienceEndsAsync();
        Assert.Equal("hello", (await answer).Text);
        Assert.Equal(["a/m", "b/m"], _models.Asked);
    }

    [Fact]
    public async Task When_both_of_a_hedge_fail_both_failures_are_told()
    {
        var slow = new TaskCompletionSource<string>();
        _models.Answers("a/m", cancellationToken => slow.Task.WaitAsync(cancellationToken))
            .Fails("b/m", new("provider.key", "b/m", "the key was refused", "Mend it."));
        var answer = _models.Route(new("r", Two) { Hedge = Patience })(FakeModels.Ann).GetResponseAsync("x");
        await PatienceEndsAsync();
        slow.SetException(new ProviderFailureException("provider.failed", "a/m", "failed with status 500", "Wait."));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => answer);
        Assert.Contains("a/m: failed with status 500", failure.Message);
        Assert.Contains("b/m: the key was refused", failure.Message);
    }

    [Fact]
    public async Task A_hedge_is_not_asked_when_the_first_is_quick_enough()
    {
        _models.Says("a/m", "hello").Says("b/m", "no");
        Assert.Equal("hello", (await _models.Route(new("r", Two) { Hedge = Patience })(FakeModels.Ann).GetResponseAsync("x")).Text);
        Assert.Equal(["a/m"], _models.Asked);
    }

    /// <summary>The first model has been silent as long as a hedge waits, and the next has been asked.</summary>
    private async Task PatienceEndsAsync()
    {
        await _models.NextAskedAsync();
        await _models.Time.UntilDueAsync(Patience);
        _models.Time.Advance(Patience);
        await _models.NextAskedAsync();
    }
}
