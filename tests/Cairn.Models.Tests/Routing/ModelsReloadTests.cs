using System.Collections.Concurrent;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

/// <summary>Other providers and routes while calls are made, over real sockets.</summary>
public sealed class ModelsReloadTests : IAsyncDisposable
{
    private const string Word = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
    private const string End = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static readonly CallOrigin Origin = new() { Caller = new() { Tenant = "t", User = "ann" } };

    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<WatchedHandler> _handlers = [];
    private ServiceProvider? _services;

    private IRoutes Routes => _services!.GetRequiredService<IRoutes>();

    [Fact]
    public async Task What_is_declared_anew_can_be_called_at_once_and_what_is_gone_cannot()
    {
        await using var first = await FakeEndpoint.StartAsync(AnswerAsync);
        await using var second = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first)));
        Assert.Equal("model.unknown", Assert.Throws<CairnException>(() => Routes.Find("two/m", Origin)).Code);
        Use(Declared(("two", second)));
        Assert.Equal("two/m", (await Routes.Find("r", Origin)!.Client.GetResponseAsync("x")).ModelId);
        Assert.Equal("two/other", (await Routes.Find("two/other", Origin)!.Client.GetResponseAsync("x")).ModelId);
        Assert.Equal("model.unknown", Assert.Throws<CairnException>(() => Routes.Find("one/m", Origin)).Code);
        Assert.Equal(["two/m"], Routes.List().Single().Models.Select(m => m.Model));
        Assert.Empty(first.Bodies);
    }

    [Fact]
    public async Task A_call_under_way_goes_on_where_it_began_and_its_connections_close_once_it_must_have_ended()
    {
        var go = new TaskCompletionSource();
        await using var first = await FakeEndpoint.StartAsync(async context =>
        {
            await FakeEndpoint.SendAsync(context, Word);
            await go.Task;
            await FakeEndpoint.SendAsync(context, Word + End);
        });
        await using var second = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first)));
        await using (var stream = Routes.Find("r", Origin)!.Client.GetStreamingResponseAsync([new(ChatRole.User, "x")])
            .GetAsyncEnumerator())
        {
            Assert.True(await stream.MoveNextAsync());
            Use(Declared(("one", second)));
            Assert.Equal("word", (await Routes.Find("r", Origin)!.Client.GetResponseAsync("x")).Text);
            go.SetResult();
            var said = stream.Current.Text;
            while (await stream.MoveNextAsync())
                said += stream.Current.Text;
            Assert.Equal("wordword", said);
        }
        Assert.Equal((1, 1), (first.Bodies.Count, second.Bodies.Count));
        Assert.Equal([false, false], _handlers.Select(h => h.IsDisposed));
        _time.Advance(TimeLimits.Default.Total * 3);
        Assert.Equal([false, false], _handlers.Select(h => h.IsDisposed));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([true, false], _handlers.Select(h => h.IsDisposed));
        Assert.Equal(0, _time.Timers);
        await _services!.DisposeAsync();
        Assert.All(_handlers, h => Assert.True(h.IsDisposed));
    }

    [Fact]
    public async Task Connections_that_are_about_to_close_close_with_the_process()
    {
        await using var first = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first)));
        await Routes.Find("r", Origin)!.Client.GetResponseAsync("x");
        Use(ModelsDeclaration.Empty);
        Assert.Null(Routes.Find(IRoutes.Default, Origin));
        await _services!.DisposeAsync();
        Assert.All(_handlers, h => Assert.True(h.IsDisposed));
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task A_provider_that_is_declared_as_before_keeps_its_connections_and_its_health()
    {
        await using var first = await FakeEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var second = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first)));
        for (var i = 0; i < 3; i++)
            Assert.Equal("provider.failed", await CodeAsync());
        Use(Declared(("one", first), ("two", second)) with { Routes = [new("r", [new("one", "m")])] });
        Assert.Equal("provider.resting", await CodeAsync());
        Assert.Single(_handlers);
        Use(Declared(("one", second)));
        Assert.Null(await CodeAsync());
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_leaves_what_was_in_force_whole()
    {
        await using var first = await FakeEndpoint.StartAsync(AnswerAsync);
        await using var second = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first), ("gone", first)));
        var wrong = Declared(("one", second), ("new", second));
        Assert.Throws<ArgumentException>(() => Use(wrong with { Routes = [wrong.Routes[0], wrong.Routes[0]] }));
        Assert.Equal("word", (await Routes.Find("r", Origin)!.Client.GetResponseAsync("x")).Text);
        Assert.Equal("word", (await Routes.Find("gone/m", Origin)!.Client.GetResponseAsync("x")).Text);
        Assert.Throws<CairnException>(() => Routes.Find("new/m", Origin));
        Assert.Equal((2, 0), (first.Bodies.Count, second.Bodies.Count));
    }

    [Fact]
    public void What_is_known_of_a_model_follows_its_provider()
    {
        Open(At("http://a.example/v1"));
        var catalog = _services!.GetRequiredService<IModelCatalog>();
        Assert.Equal(100, catalog.Find(new("one", "m"))!.ContextWindow);
        Use(At("http://b.example/v1"));
        Assert.Equal(200, catalog.Find(new("one", "m"))!.ContextWindow);

        static ModelsDeclaration At(string address)
            => new()
            {
                Providers = [new() { Name = "one", Kind = "openai", BaseUrl = new(address) }],
                Routes = [new("r", [new("one", "m")])],
            };
    }

    [Fact]
    public async Task Replies_are_kept_for_the_models_that_gave_them()
    {
        await using var first = await FakeEndpoint.StartAsync(AnswerAsync);
        await using var second = await FakeEndpoint.StartAsync(AnswerAsync);
        Open(Declared(("one", first)));
        var before = NameOfReplies();
        Use(Declared(("one", first)));
        Assert.Equal(before, NameOfReplies());
        Use(Declared(("one", second)));
        Assert.NotEqual(before, NameOfReplies());

        string NameOfReplies() => _services!.GetRequiredService<Router>().Find("r")!.CacheName;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
    }

    private static ModelsDeclaration Declared(params (string Name, FakeEndpoint Endpoint)[] providers) => new()
    {
        Providers = [.. providers
            .Select(p => new ProviderDeclaration { Name = p.Name, Kind = "openai", BaseUrl = new(p.Endpoint.BaseUrl.ToString()) })],
        Routes = [new("r", [.. providers.Select(p => new ModelName(p.Name, "m"))])],
    };

    private static Task AnswerAsync(HttpContext context) => FakeEndpoint.SendAsync(context, Word + End);

    private void Open(ModelsDeclaration models) => _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton<ProviderTransport>((address, limits) =>
        {
            var handler = new WatchedHandler(ProviderClients.DefaultTransport(address, limits));
            _handlers.Enqueue(handler);
            return handler;
        })
        .AddCairnModels(models, new WorkspaceSettings("/nowhere", _ => null))
        .AddModelCatalog([], () => [
            new(["a.example/m"], new() { ContextWindow = 100 }), new(["b.example/m"], new() { ContextWindow = 200 })])
        .BuildServiceProvider();

    private void Use(ModelsDeclaration models) => _services!.GetRequiredService<IModelsReload>().Use(models);

    private async Task<string?> CodeAsync()
    {
        try
        {
            await Routes.Find("r", Origin)!.Client.GetResponseAsync("x");
            return null;
        }
        catch (CairnException e)
        {
            return e.Code;
        }
    }

    private sealed class WatchedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
