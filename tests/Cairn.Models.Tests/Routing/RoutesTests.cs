using System.Collections.Immutable;
using Cairn.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

public sealed class RoutesTests
{
    private static readonly CallOrigin Origin = new() { Caller = new() { Tenant = "t", User = "ann" } };

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public async Task The_first_model_that_answers_answers_and_is_named()
    {
        var routes = Open([Broken("first"), Saying("second", "hello")], ["first/a", "second/b"]);
        var response = await routes.Find("default", Origin)!.Client.GetResponseAsync("x");
        Assert.Equal(("hello", "second/b"), (response.Text, response.ModelId));
    }

    [Fact]
    public async Task There_is_no_second_try_after_the_first_text()
    {
        var routes = Open([Broken("first", after: 3), Saying("second", "hello")], ["first/a", "second/b"]);
        var said = "";
        await Assert.ThrowsAsync<ProviderFailureException>(async () =>
        {
            await foreach (var update in routes.Find("default", Origin)!.Client.GetStreamingResponseAsync("x"))
                said += update.Text;
        });
        Assert.Equal("abc", said);
    }

    [Fact]
    public async Task When_all_fail_each_says_why()
    {
        var routes = Open([Broken("first"), Broken("second")], ["first/a", "second/b"]);
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => routes.Find("default", Origin)!.Client
            .GetResponseAsync("x"));
        Assert.Contains("first/a: failed with status 500; second/b: failed with status 500", failure.Message);
    }

    [Fact]
    public async Task A_model_that_failed_three_times_rests_and_is_tried_once_after()
    {
        var routes = Open([Broken("first")], ["first/a"]);
        for (var i = 0; i < 3; i++)
            Assert.Equal("provider.failed", await CodeAsync(routes));
        Assert.Equal("provider.resting", await CodeAsync(routes));
        Assert.Equal(ModelState.Resting, routes.List()[0].Models[0].State);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("provider.failed", await CodeAsync(routes));
        Assert.Equal("provider.resting", await CodeAsync(routes));
    }

    [Fact]
    public async Task A_model_is_ready_without_a_word_beside_only_once_it_answered()
    {
        var routes = Open([Saying("first", "hello")], ["first/a"]);
        Assert.Equal(new ModelStatus("first/a", ModelState.Ready, "not tried yet"), routes.List()[0].Models[0]);
        await routes.Find("default", Origin)!.Client.GetResponseAsync("x");
        Assert.Equal(new ModelStatus("first/a", ModelState.Ready, null), routes.List()[0].Models[0]);
    }

    [Fact]
    public async Task A_missing_key_is_said_and_holds_from_the_moment_it_is_there()
    {
        var routes = Open([new()
        {
            Name = "cloud",
            Kind = "openai",
            BaseUrl = new("http://127.0.0.1:1/v1"),
            ApiKey = new("${env:CLOUD_KEY}"),
        }], ["cloud/a"]);
        Assert.Equal(["cloud: the environment variable CLOUD_KEY is not set"], routes.MissingProviders());
        Assert.Equal(ModelState.Missing, routes.List()[0].Models[0].State);
        Assert.Equal("provider.missing", await CodeAsync(routes));
        _environment["CLOUD_KEY"] = "k";
        Assert.Empty(routes.MissingProviders());
        Assert.Equal("provider.unreachable", await CodeAsync(routes));
    }

    [Fact]
    public void A_model_can_be_named_without_a_route()
        => Assert.Equal("first/llama:3b", Open([Saying("first", "x")], []).Find("first/llama:3b", Origin)!.Name);

    [Fact]
    public void No_default_route_is_none_and_an_unknown_name_is_an_error()
    {
        var routes = Open([Saying("first", "x")], []);
        Assert.Null(routes.Find("default", Origin));
        var e = Assert.Throws<CairnException>(() => routes.Find("frist/a", Origin));
        Assert.Equal(("model.unknown", ErrorKind.Input), (e.Code, e.Kind));
        Assert.Contains("first/MODEL", e.Fix);
    }

    private static async Task<string> CodeAsync(Routes routes)
        => (await Assert.ThrowsAsync<ProviderFailureException>(() => routes.Find("default", Origin)!.Client.GetResponseAsync("x"))).Code;

    private Routes Open(ImmutableArray<ProviderDeclaration> providers, string[] route)
    {
        var models = new ModelsDeclaration
        {
            Providers = providers,
            Routes = route.Length == 0 ? [] : [new RouteDeclaration("default", [.. route.Select(r => ModelName.Parse(r)!)])],
        };
        var settings = new WorkspaceSettings("/nowhere", _environment.GetValueOrDefault);
        return (Routes)new ServiceCollection().AddSingleton<TimeProvider>(_time).AddCairnModels(models, settings).BuildServiceProvider()
            .GetRequiredService<IRoutes>();
    }

    private static ProviderDeclaration Saying(string name, string reply)
        => new() { Name = name, Kind = "scripted", Script = new Script([new() { Reply = reply }]) };

    private static ProviderDeclaration Broken(string name, int after = 0) => new()
    {
        Name = name,
        Kind = "scripted",
        Script = new Script([new()
        {
            Reply = "abcdef",
            Failure = new() { Kind = ScriptFailureKind.Status, StatusCode = 500, After = after },
        }]),
    };
}
