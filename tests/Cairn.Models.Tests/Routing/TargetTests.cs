using Cairn.Testing;

namespace Cairn.Models.Tests;

/// <summary>The circuit of a provider and those of its models together: the one try after a rest is a call that is made.</summary>
public sealed class TargetTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private readonly Circuit _provider;

    public TargetTests() => _provider = new Circuit(_time);

    [Fact]
    public void A_model_that_rests_longer_than_its_provider_does_not_use_up_the_provider_s_try()
    {
        var (limited, healthy) = (Target("a"), Target("b"));
        Fail(healthy, "provider.unreachable", times: 3);
        limited.Failed(FakeModels.Failure("provider.limited", TimeSpan.FromMinutes(4)));
        _time.Advance(Rest);
        // Its own rest sends the call away, so nobody tries the provider yet.
        Assert.Equal("provider.resting", Assert.Throws<ProviderFailureException>(limited.Enter).Code);
        Target("c").Enter();
    }

    [Theory]
    [InlineData("provider.failed", 500)]
    [InlineData("provider.limited", 429)]
    [InlineData("provider.key", 401)]
    public void A_provider_that_answers_its_try_with_an_error_is_reached_again(string code, int status)
    {
        var target = Target("a");
        Fail(target, "provider.unreachable", times: 3);
        _time.Advance(Rest);
        target.Enter();
        target.Failed(new ProviderFailureException(code, "p/a", "failed", "Mend it.")
        {
            Status = status,
            RetryAfter = TimeSpan.FromSeconds(9),
        });
        Target("b").Enter();
        Target("c").Enter();
    }

    [Fact]
    public void A_try_that_ends_without_a_word_lets_the_next_try()
    {
        var target = Target("a");
        Fail(target, "provider.unreachable", times: 3);
        _time.Advance(Rest);
        target.Enter();
        Assert.Throws<ProviderFailureException>(() => Target("b").Enter());
        target.Failed(FakeModels.Failure("provider.timeout"));
        Target("b").Enter();
    }

    [Theory]
    [InlineData("schema.draft")]
    [InlineData("request.invalid")]
    [InlineData("request.unsupported")]
    public void What_is_wrong_with_a_call_itself_says_nothing_of_its_model(string code)
    {
        var target = Target("a");
        for (var i = 0; i < 4; i++)
        {
            target.Enter();
            target.Failed(new CairnException(ErrorKind.Input, code, "It is wrong.", "Mend it."));
        }
        Assert.Null(target.RestLeft);
    }

    [Fact]
    public void That_a_model_answers_is_doubted_until_it_did_and_from_its_failure_to_its_next_success()
    {
        var target = Target("a");
        Assert.Equal("not tried yet", target.Doubt);
        target.Failed(new CairnException(ErrorKind.Input, "request.invalid", "It is wrong.", "Mend it."));
        Assert.Equal("the last call failed: It is wrong.", target.Doubt);
        target.Succeeded();
        Assert.Null(target.Doubt);
        target.Failed(new CairnException(ErrorKind.Input, "request.invalid", "It is wrong.", "Mend it."));
        Assert.Null(target.Doubt);
        var failure = FakeModels.Failure("provider.unreachable");
        target.Failed(failure);
        Assert.Equal($"the last call failed: {failure.Message}", target.Doubt);
        target.Succeeded();
        Assert.Null(target.Doubt);
    }

    private Target Target(string model) => new(new("p", model), _provider, TimeLimits.Default, new FakeModels(), _time);

    private static void Fail(Target target, string code, int times)
    {
        for (var i = 0; i < times; i++)
            target.Failed(FakeModels.Failure(code));
    }
}
