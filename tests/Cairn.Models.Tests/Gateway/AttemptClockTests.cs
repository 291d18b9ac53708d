using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class AttemptClockTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_model_that_is_asked_again_has_its_time_to_the_first_token_again()
    {
        using var clock = Begin();
        clock.Progress();
        Pass(15);
        clock.AskAgain();
        Pass(29);
        Assert.Null(clock.Reason);
        Pass(1);
        Assert.Equal("no answer within 30 s", clock.Reason);
    }

    [Fact]
    public void What_the_caller_took_before_does_not_lengthen_it()
    {
        using var clock = Begin();
        clock.Progress();
        clock.Pause();
        Pass(40);
        clock.Resume();
        clock.AskAgain();
        Pass(29);
        Assert.Null(clock.Reason);
        Pass(1);
        Assert.Equal("no answer within 30 s", clock.Reason);
    }

    [Fact]
    public void The_time_for_all_of_it_goes_on()
    {
        using var clock = Begin();
        for (var tried = 0; tried < 3; tried++)
        {
            Pass(29);
            clock.AskAgain();
        }
        Pass(29);
        clock.AskAgain();
        Pass(4);
        Assert.Equal("no whole answer within 120 s", clock.Reason);
    }

    private AttemptClock Begin() => new(TimeLimits.Default, streams: true, _time, CancellationToken.None);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
