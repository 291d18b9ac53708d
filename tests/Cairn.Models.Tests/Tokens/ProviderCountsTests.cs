using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

public sealed class ProviderCountsTests
{
    private static readonly ModelName Model = new("claude", "m");

    [Fact]
    public async Task Anthropic_is_asked_for_its_own_count_with_the_fields_that_it_takes()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(context => context.Response.WriteAsync("""{"input_tokens":17}"""));
        var count = await Counter(endpoint)
            .CountAsync(Model, [new(ChatRole.System, "Be short."), new(ChatRole.User, "Hello")], new() { MaxOutputTokens = 50 }, default);
        Assert.Equal(new TokenCount(17, IsEstimate: false), count);
        Assert.Equal(["messages", "model", "system"],
            JsonElement.Parse(Assert.Single(endpoint.Bodies)).EnumerateObject().Select(f => f.Name).Order());
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "no json")]
    [InlineData(200, "{}")]
    public async Task When_it_does_not_answer_the_count_is_an_estimate(int status, string body)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        Assert.True((await Counter(endpoint).CountAsync(Model, [new(ChatRole.User, "Hello")], null, default)).IsEstimate);
    }

    private static ITokenCounter Counter(FakeEndpoint endpoint)
    {
        var models = new ModelsDeclaration { Providers = [new() { Name = "claude", Kind = "anthropic",
            BaseUrl = new(endpoint.BaseUrl.ToString()), ApiKey = new("${env:K}") }] };
        return new ServiceCollection().AddCairnModels(models, new WorkspaceSettings("/nowhere", _ => "k")).BuildServiceProvider()
            .GetRequiredService<ITokenCounter>();
    }
}
