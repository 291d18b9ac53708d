using Cairn.Testing;

namespace Cairn.Models.Tests;

public sealed class CircuitTests
{
    private readonly JumpingTime _time = new();

    [Fact]
    public void After_three_failures_it_rests_then_lets_one_try_and_that_one_s_success_closes_it()
    {
        var circuit = Failed(3);
        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Enter());
        _time.Steady.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(circuit.Enter());
        Assert.NotNull(circuit.Enter());
        circuit.Succeeded();
        Assert.Null(circuit.Enter());
        Assert.Null(circuit.Enter());
    }

    [Fact]
    public void A_try_that_fails_rests_again_and_one_that_was_left_lets_the_next_try()
    {
        var circuit = Failed(3);
        _time.Steady.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(circuit.Enter());
        circuit.Failed();
        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Enter());
        _time.Steady.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(circuit.Enter());
        circuit.Abandoned();
        Assert.Null(circuit.Enter());
    }

    [Fact]
    public void A_call_from_before_the_rest_that_is_left_shortens_no_rest()
    {
        var circuit = Failed(3);
        circuit.Abandoned();
        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Enter());
    }

    [Fact]
    public void What_the_provider_asks_to_wait_is_kept_when_a_try_is_left()
    {
        var circuit = Failed(3);
        _time.Steady.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(circuit.Enter());
        circuit.RestFor(TimeSpan.FromMinutes(2));
        circuit.Abandoned();
        Assert.Equal(TimeSpan.FromMinutes(2), circuit.Enter());
    }

    [Fact]
    public void A_clock_that_jumps_changes_nothing()
    {
        var circuit = Failed(3);
        _time.Jump = TimeSpan.FromDays(400);
        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Enter());
        _time.Jump = TimeSpan.FromDays(-400);
        _time.Steady.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(circuit.Enter());
        using var clock = new AttemptClock(TimeLimits.Default, streams: true, _time, CancellationToken.None);
        _time.Jump = TimeSpan.FromDays(400);
        Assert.Null(clock.Reason);
        _time.Steady.Advance(TimeLimits.Default.FirstToken);
        Assert.Equal("no answer within 30 s", clock.Reason);
    }

    [Fact]
    public void Two_failures_and_a_success_are_forgotten()
    {
        var circuit = Failed(2);
        circuit.Succeeded();
        circuit.Failed();
        circuit.Failed();
        Assert.Null(circuit.Enter());
    }

    private Circuit Failed(int times)
    {
        var circuit = new Circuit(_time);
        for (var i = 0; i < times; i++)
            circuit.Failed();
        return circuit;
    }
}
