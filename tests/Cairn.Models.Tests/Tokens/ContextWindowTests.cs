using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

/// <summary>A call that cannot fit is refused before it is sent, over real sockets.</summary>
public sealed class ContextWindowTests
{
    private static readonly CallOrigin Origin = new() { Caller = new() { Tenant = "t", User = "ann" } };

    // 300 characters of words that estimate to about 225 tokens: by bytes alone it could fit, so it has to be counted.
    private static readonly string Long = string.Concat(Enumerable.Repeat("a, b 12 ", 37));

    [Fact]
    public async Task It_is_refused_with_the_counts_and_the_window_and_never_sent()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var error = await Assert.ThrowsAsync<ProviderFailureException>(() => Route(endpoint, ("p/small", 120))
            .GetResponseAsync(Long, new() { MaxOutputTokens = 20 }));
        Assert.Equal("provider.context", error.Code);
        Assert.Equal(ErrorKind.Input, error.Kind);
        Assert.Matches(
            "^p/small: the call has about [0-9]+ tokens \\(an estimate\\) and asks for up to 20 of output, but the model's context window is 120$", error.Message);
        Assert.Empty(endpoint.Bodies);
    }

    [Fact]
    public async Task Another_model_of_the_route_with_a_larger_window_takes_it()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var response = await Route(endpoint, ("p/small", 120), ("p/large", 5_000)).GetResponseAsync(Long, new() { MaxOutputTokens = 20 });
        Assert.Equal("p/large", response.ModelId);
        Assert.Single(endpoint.Bodies);
    }

    [Fact]
    public async Task What_fits_no_model_of_a_route_is_the_caller_s_to_shorten()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var error = await Assert.ThrowsAsync<ProviderFailureException>(
            () => Route(endpoint, ("p/small", 120), ("p/other", 130)).GetResponseAsync(Long, new() { MaxOutputTokens = 20 }));
        Assert.Equal(("provider.context", ErrorKind.Input), (error.Code, error.Kind));
        Assert.Contains("window is 120; p/other: ", error.Message);
        Assert.Empty(endpoint.Bodies);
    }

    [Theory]
    [InlineData("results")]
    [InlineData("arguments")]
    [InlineData("instructions")]
    [InlineData("tools")]
    public async Task Everything_that_a_call_carries_counts(string where)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var much = string.Concat(Enumerable.Repeat(Long, 10));
        ChatMessage[] messages = where switch
        {
            "results" => [new(ChatRole.Tool, [new FunctionResultContent("t", much)])],
            "arguments" => [new(ChatRole.Assistant, [new FunctionCallContent("t", "f", new Dictionary<string, object?> { ["a"] = much })])],
            _ => [new(ChatRole.User, "Hello")],
        };
        var options = new ChatOptions { MaxOutputTokens = 20 };
        if (where == "instructions")
            options.Instructions = much;
        if (where == "tools")
            options.Tools = [new ToolDeclaration("f", much, default, new Dictionary<string, object?>())];
        var error = await Assert.ThrowsAsync<ProviderFailureException>(
            () => Route(endpoint, ("p/small", 900)).GetResponseAsync(messages, options));
        Assert.Equal("provider.context", error.Code);
        Assert.Empty(endpoint.Bodies);
    }

    [Fact]
    public async Task A_caller_who_packs_is_told_what_is_left()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var room = Route(endpoint, ("p/small", 120), ("p/large", 5_000)).GetService<IContextRoom>()!;
        Assert.True(await room.LeftAsync([new(ChatRole.User, Long)], null, default) < 0);
        Assert.InRange((await room.LeftAsync([new(ChatRole.User, "Hello")], new() { MaxOutputTokens = 1 }, default))!.Value, 79, 118);
        Assert.True(await room.LeftAsync([new(ChatRole.User, "Hello")], new() { MaxOutputTokens = 115 }, default) < 0);
        Assert.Empty(endpoint.Bodies);
    }

    [Theory]
    [InlineData(120, 30)]
    [InlineData(4096, 1024)]
    [InlineData(100_000, 1024)]
    public async Task Who_packs_without_a_limit_of_output_is_left_room_for_an_answer(int window, int answer)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        var room = Route(endpoint, ("p/m", window)).GetService<IContextRoom>()!;
        foreach (var text in new[] { "Hello", Long })
        {
            var limited = await room.LeftAsync([new(ChatRole.User, text)], new() { MaxOutputTokens = answer }, default);
            Assert.Equal(limited, await room.LeftAsync([new(ChatRole.User, text)], null, default));
        }
    }

    [Fact]
    public async Task A_short_call_passes()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Answer);
        Assert.Equal("ok", (await Route(endpoint, ("p/small", 120)).GetResponseAsync("Hello", new() { MaxOutputTokens = 20 })).Text);
    }

    private static Task Answer(HttpContext context) => FakeEndpoint.SendAsync(context, """
        data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}

        data: [DONE]


        """);

    private static IChatClient Route(FakeEndpoint endpoint, params (string Model, int Window)[] models)
    {
        var declaration = new ModelsDeclaration
        {
            Providers = [new() { Name = "p", Kind = "openai", BaseUrl = new(endpoint.BaseUrl.ToString()) }],
            Routes = [new("r", [.. models.Select(m => ModelName.Parse(m.Model)!)])],
        };
        var services = new ServiceCollection()
            .AddCairnModels(declaration, new WorkspaceSettings("/nowhere", _ => null))
            .AddSingleton<IModelCatalog>(new Catalog(models.ToImmutableDictionary(m => m.Model, m => m.Window)));
        return services.BuildServiceProvider().GetRequiredService<IRoutes>().Find("r", Origin)!.Client;
    }

    private sealed class Catalog(ImmutableDictionary<string, int> windows) : IModelCatalog
    {
        public ModelFacts? Find(ModelName model) => new() { ContextWindow = windows[model.ToString()] };
    }
}
