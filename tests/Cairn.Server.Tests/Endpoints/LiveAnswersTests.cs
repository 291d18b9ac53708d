using Cairn.Apps;
using Cairn.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Server.Tests;

public sealed class LiveAnswersTests
{
    private readonly ScriptedAnswers _answers = new() { Pause = new(TaskCreationOptions.RunContinuationsAsynchronously) };
    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_answer_that_nobody_follows_is_made_for_half_a_minute_more()
    {
        await using var live = Live();
        var (answer, follower) = await StartAsync(live);
        follower.Dispose();
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(_answers.Left.Task.IsCompleted);
        // Back in time: the clock stands again.
        using (answer.Attach())
            _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_answers.Left.Task.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(30));
        await _answers.Left.Task.WaitAsync(TestContext.Current.CancellationToken);
        await answer.Made;
    }

    [Fact]
    public async Task A_whole_answer_is_forgotten_after_two_minutes()
    {
        await using var live = Live();
        var (answer, follower) = await StartAsync(live);
        _answers.Pause!.SetResult();
        await answer.Made;
        follower.Dispose();
        await _time.UntilTimersAsync();
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Same(answer, live.Get(Principal.Owner(), answer.Id));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("answer.unknown", Assert.Throws<CairnException>(() => live.Get(Principal.Owner(), answer.Id)).Code);
    }

    [Fact]
    public async Task The_end_of_the_server_ends_what_is_being_made()
    {
        var live = Live();
        await StartAsync(live);
        await live.DisposeAsync();
        Assert.True(_answers.Left.Task.IsCompleted);
    }

    private LiveAnswers Live() => new(_answers, new SequentialIdentifiers(), _time, NullLogger<LiveAnswers>.Instance);

    private Task<(LiveAnswer Answer, IDisposable Follower)> StartAsync(LiveAnswers live)
    {
        _answers.Events.Add(new AnswerDelta("The berth"));
        return live.StartAsync(Principal.Owner(), new AskRequest { Question = "When?" }, TestContext.Current.CancellationToken);
    }
}
