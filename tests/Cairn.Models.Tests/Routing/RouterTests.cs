using System.Collections.Immutable;

namespace Cairn.Models.Tests;

public sealed class RouterTests
{
    private static readonly ImmutableArray<ModelName> Three = [new("a", "m"), new("b", "m"), new("c", "m")];

    private readonly FakeModels _models = new();

    [Fact]
    public void Weights_are_shares()
    {
        _models.Route(new("r", Three)
        {
            Strategy = RouteStrategy.Weighted,
            Shares = Shares((Three[0], new(6)), (Three[1], new(3)), (Three[2], new(1))),
        });
        var first = Enumerable.Range(0, 10_000).Select(_ => _models.Order()).ToLookup(o => o[0]);
        Assert.InRange(first["a/m"].Count(), 5800, 6200);
        Assert.InRange(first["b/m"].Count(), 2800, 3200);
        Assert.All(first["a/m"], o => Assert.Equal(3, o.Distinct().Count()));
    }

    [Fact]
    public void The_quickest_goes_first_and_one_call_in_twenty_measures_another()
    {
        _models.Route(new("r", Three) { Strategy = RouteStrategy.Latency });
        _models.Targets[Three[0]].Answered(TimeSpan.FromSeconds(3));
        _models.Targets[Three[1]].Answered(TimeSpan.FromSeconds(1));
        _models.Targets[Three[2]].Answered(TimeSpan.FromSeconds(2));
        var orders = Enumerable.Range(0, 2000).Select(_ => string.Join(' ', _models.Order())).ToList();
        Assert.InRange(orders.Count(o => o == "b/m c/m a/m"), 1860, 1940);
        Assert.InRange(orders.Count(o => !o.StartsWith("b/m", StringComparison.Ordinal)), 60, 140);
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_model_is_none_and_is_cut_in_the_message()
    {
        _models.Route(new("r", Three));
        var name = "a/" + new string('x', 200_000);
        Assert.NotNull(_models.Router.Find(name[..200]));
        Assert.Null(_models.Router.Find(name[..201]));
        Assert.InRange(_models.Router.Unknown(name, "floor").Message.Length, 200, 300);
    }

    [Fact]
    public void The_cheapest_for_this_call_goes_first_and_unknown_prices_last()
    {
        _models.Route(new("r", Three) { Strategy = RouteStrategy.Cost });
        _models.Facts["b/m"] = Priced(input: 10, output: 1);
        _models.Facts["c/m"] = Priced(input: 1, output: 10);
        Assert.Equal(["c/m", "b/m", "a/m"], _models.Order(bytes: 40_000, output: 10));
        Assert.Equal(["b/m", "c/m", "a/m"], _models.Order(bytes: 40, output: 9000));
    }

    [Fact]
    public void A_model_that_cannot_take_the_call_is_passed_over_and_a_route_without_any_says_why()
    {
        _models.Route(new("r", [Three[0], Three[1]]));
        _models.Facts["a/m"] = new() { ContextWindow = 4000, Abilities = ModelAbilities.Chat | ModelAbilities.Vision };
        _models.Facts["b/m"] = new() { ContextWindow = 100_000, Abilities = ModelAbilities.Chat | ModelAbilities.Tools };
        Assert.Equal(["b/m"], _models.Order(bytes: 40_000));
        Assert.Equal(["b/m"], _models.Order(needs: ModelAbilities.Tools));
        Assert.Equal(["a/m"], _models.Order(needs: ModelAbilities.Vision));
        var unfit = Assert.Throws<CairnException>(() => _models.Order(needs: ModelAbilities.Vision | ModelAbilities.Tools));
        Assert.Equal(("route.unfit", ErrorKind.Input), (unfit.Code, unfit.Kind));
        Assert.Contains("cannot do: vision", unfit.Message);
    }

    [Fact]
    public void A_tagged_model_serves_only_calls_with_its_tag_and_those_first()
    {
        _models.Route(new("r", Three) { Shares = Shares((Three[2], new() { Tags = ["legal"] })) });
        Assert.Equal(["a/m", "b/m"], _models.Order());
        Assert.Equal(["c/m", "a/m", "b/m"], _models.Order(FakeModels.Ann with { Tags = ["legal", "eu"] }));
    }

    [Fact]
    public void A_conversation_stays_on_the_model_that_began_it_until_that_one_rests()
    {
        _models.Route(new("r", Three) { Sticky = true });
        var talk = FakeModels.Ann with { Conversation = "c1" };
        _models.Router.Sticky.Began("r", talk, _models.Targets[Three[1]]);
        Assert.Equal(["b/m", "a/m", "c/m"], _models.Order(talk));
        Assert.Equal(["a/m", "b/m", "c/m"], _models.Order(talk with { Conversation = "c2" }));
        Assert.Equal(["a/m", "b/m", "c/m"], _models.Order(talk with { Caller = new() { Tenant = "t", User = "ben" } }));
        for (var i = 0; i < 3; i++)
            _models.Targets[Three[1]].Failed(FakeModels.Failure("provider.failed"));
        Assert.Equal(["a/m", "c/m", "b/m"], _models.Order(talk));
    }

    [Fact]
    public void Models_that_rest_come_last_and_a_provider_that_cannot_be_reached_rests_with_all_of_them()
    {
        _models.Route(new("r", [new("a", "one"), new("a", "two"), new("b", "m")]));
        for (var i = 0; i < 3; i++)
            _models.Targets[new("a", "one")].Failed(FakeModels.Failure("provider.unreachable"));
        Assert.Equal(["b/m", "a/one", "a/two"], _models.Order());
        _models.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(["a/one", "a/two", "b/m"], _models.Order());
    }

    private static ModelFacts Priced(decimal input, decimal output)
        => new() { Prices = [new() { From = new(2020, 1, 1), Input = input, Output = output }] };

    private static ImmutableDictionary<ModelName, RouteShare> Shares(
        params (ModelName Model, RouteShare Share)[] shares) => shares.ToImmutableDictionary(s => s.Model, s => s.Share);
}
