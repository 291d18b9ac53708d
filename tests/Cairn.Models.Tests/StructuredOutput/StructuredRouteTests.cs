using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Models.Tests;

/// <summary>A schema at a route, over real sockets.</summary>
public sealed class StructuredRouteTests
{
    private static readonly CallOrigin Origin = new() { Caller = new() { Tenant = "t", User = "ann" } };

    private static readonly ChatOptions Asked = new()
    {
        ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonElement.Parse(
                """{ "type": "object", "properties": { "n": { "type": "integer" }, "m": { "type": "string" } }, "required": ["n"] }"""),
                "count"),
    };

    [Fact]
    public async Task A_model_of_which_nothing_is_known_is_told_the_schema_and_repaired()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Saying("""{"n":"one"}""", """{"n":1}"""));
        Assert.Equal("""{"n":1}""", (await RouteTo(endpoint).GetResponseAsync("How many?", Asked)).Text);
        Assert.Contains("It must be valid under this JSON Schema", endpoint.Bodies[0]);
        Assert.DoesNotContain("response_format", endpoint.Bodies[0]);
        Assert.Contains("/n is a string, but must be an integer", endpoint.Bodies[1]);
    }

    [Fact]
    public async Task A_model_that_takes_schemas_gets_the_strict_subset()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Saying("""{"n":1,"m":null}"""));
        var response = await RouteTo(endpoint, ModelAbilities.Chat | ModelAbilities.JsonSchema).GetResponseAsync("How many?", Asked);
        Assert.Equal("""{"n":1}""", response.Text);
        var format = JsonElement.Parse(endpoint.Bodies[0]).GetProperty("response_format").GetProperty("json_schema");
        Assert.True(format.GetProperty("strict").GetBoolean());
        Assert.Equal(["n", "m"], format.GetProperty("schema").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task What_stays_invalid_is_an_error_and_not_an_answer_and_its_model_does_not_rest_for_it()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Saying("none", "none", "none"));
        var route = RouteTo(endpoint);
        for (var call = 0; call < 4; call++)
            Assert.Equal("output.invalid",
                (await Assert.ThrowsAsync<StructuredOutputException>(() => route.GetResponseAsync("How many?", Asked))).Code);
        Assert.Equal(12, endpoint.Bodies.Count);
    }

    [Fact]
    public async Task An_answer_that_a_filter_cut_off_names_the_filter()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(context => SendAsync(context, """{"n":""", "content_filter"));
        Assert.Equal("output.filtered",
            (await Assert.ThrowsAsync<StructuredOutputException>(() => RouteTo(endpoint).GetResponseAsync("How many?", Asked))).Code);
    }

    [Fact]
    public async Task A_strict_tool_s_call_is_mended_by_its_model_and_every_try_is_counted()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Calling("""{"n":"one"}""", """{"n":1}"""));
        var response = await RouteTo(endpoint).GetResponseAsync("How many?", StrictTool);
        var call = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal("""{"n":1}""", WireJson.Arguments(call));
        Assert.Equal((18, 6), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Contains("in the arguments of f: /n is a string, but must be an integer", endpoint.Bodies[1]);
    }

    [Fact]
    public async Task A_strict_tool_s_call_that_stays_invalid_is_an_error()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(Calling("{"));
        Assert.Equal("output.invalid",
            (await Assert.ThrowsAsync<StructuredOutputException>(() => RouteTo(endpoint).GetResponseAsync("How many?", StrictTool))).Code);
        Assert.Equal(3, endpoint.Bodies.Count);
    }

    private static readonly ChatOptions StrictTool = new()
    {
        Tools = [new ToolDeclaration(
            "f", null, JsonElement.Parse("""{ "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] }"""),
            new Dictionary<string, object?> { ["strict"] = true })],
    };

    private static RequestDelegate Calling(params string[] arguments)
    {
        var next = 0;
        return context =>
        {
            var written = JsonSerializer.Serialize(arguments[Math.Min(next++, arguments.Length - 1)]);
            return SendAsync(context, "{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                + "\"arguments\":" + written + "}}]}", "tool_calls", raw: true);
        };
    }

    private static RequestDelegate Saying(params string[] answers)
    {
        var next = 0;
        return context => SendAsync(context, answers[Math.Min(next++, answers.Length - 1)], "stop");
    }

    private static Task SendAsync(HttpContext context, string text, string finish, bool raw = false)
    {
        var delta = raw ? text : $$"""{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}}""";
        return FakeEndpoint.SendAsync(context, $$$"""
            data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{{{delta}}}}]}

            data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{{finish}}}"}]}

            data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

            data: [DONE]


            """);
    }

    private static IChatClient RouteTo(FakeEndpoint endpoint, ModelAbilities? abilities = null)
    {
        var models = new ModelsDeclaration { Providers = [new() { Name = "p", Kind = "openai",
            BaseUrl = new(endpoint.BaseUrl.ToString()) }] };
        var services = new ServiceCollection().AddCairnModels(models, new WorkspaceSettings("/nowhere", _ => null));
        if (abilities is { } known)
            services.AddSingleton<IModelCatalog>(new Catalog(new() { Abilities = known }));
        return services.BuildServiceProvider().GetRequiredService<IRoutes>().Find("p/m", Origin)!.Client;
    }

    private sealed class Catalog(ModelFacts facts) : IModelCatalog
    {
        public ModelFacts? Find(ModelName model) => facts;
    }
}
