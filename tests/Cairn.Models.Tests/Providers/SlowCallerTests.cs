using Cairn.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

/// <summary>Whoever takes the words of a translated stream too slowly is told so; the provider is not blamed.</summary>
public sealed class SlowCallerTests
{
    private const string Word = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_answer_that_is_not_taken_in_time_is_the_caller_s_fault_and_its_model_does_not_rest_for_it()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(SayAndHangAsync);
        var models = new ModelsDeclaration
        {
            Providers = [new() { Name = "p", Kind = "openai", BaseUrl = new(endpoint.BaseUrl.ToString()) }],
            Routes = [new("r", [new("p", "m")])],
        };
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddCairnModels(models, new WorkspaceSettings("/nowhere", _ => null))
            .BuildServiceProvider();
        var routes = services.GetRequiredService<IRoutes>();
        var origin = new CallOrigin { Caller = new() { Tenant = "t", User = "ann" } };
        for (var call = 0; call < 4; call++)
        {
            var failure = await Assert.ThrowsAsync<CairnException>(() => ReadSlowlyAsync(routes.Find("r", origin)!.Client));
            Assert.Equal(("caller.slow", "The answer of p/m was not taken in time: no whole answer within 120 s."),
                (failure.Code, failure.Message));
        }
        Assert.Equal(ModelState.Ready, routes.List().Single().Models.Single().State);
    }

    [Fact]
    public async Task A_provider_that_is_silent_for_most_of_the_time_is_still_to_blame()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(SayAndHangAsync);
        var connection = Connections.To(endpoint.BaseUrl, _time);
        using var client = new OpenAiChatClient(
            connection, connection.Resolve(endpoint.BaseUrl, "/chat/completions"), "m", new(false, false));
        await using var updates = client.GetStreamingResponseAsync([new(ChatRole.User, "x")]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        _time.Advance(TimeSpan.FromSeconds(40));
        var next = updates.MoveNextAsync();
        _time.Advance(TimeLimits.Default.BetweenTokens);
        Assert.Equal("provider.timeout", (await Assert.ThrowsAsync<ProviderFailureException>(async () => await next)).Code);
    }

    private async Task ReadSlowlyAsync(IChatClient client)
    {
        await foreach (var _ in client.GetStreamingResponseAsync([new(ChatRole.User, "x")]))
            _time.Advance(TimeLimits.Default.Total);
    }

    private static async Task SayAndHangAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        await FakeEndpoint.SendAsync(context, Word);
        await FakeEndpoint.HangAsync(context);
    }
}
