using System.Text.Json;

namespace Cairn.Server.Tests;

/// <summary>Invalid arguments of a strict tool as each kind of caller hears of them.</summary>
public sealed class StrictToolErrorTests
{
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""";
    private const string Tools = ",\"tools\":["
        + "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":" + Schema + "}}]";
    private const string Word = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":"
        + "\"I call.\"}}]}\n\n";

    private static readonly string[] Call =
    [
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\","
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":\\\"planted\\\"}\"}}]}}]}\n\n",
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n",
        "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n",
        "data: [DONE]\n\n",
    ];

    [Fact]
    public async Task A_stream_that_has_shown_words_ends_with_an_error_event_and_without_the_call()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events([Word, .. Call]));
        using var response = await gateway.ChatAsync(stream: true, rest: Tools);
        var said = await response.Content.ReadAsStringAsync();
        Assert.StartsWith(Word, said, StringComparison.Ordinal);
        Assert.Contains("output.invalid", said);
        Assert.DoesNotContain("planted", said);
        Assert.Equal("output.invalid", gateway.Calls.Single().Error);
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_of_Anthropic_s_protocol_hears_it_in_that_one_after_three_tries(bool stream)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(Call));
        using var anthropic = new HttpClient { BaseAddress = gateway.Client.BaseAddress };
        anthropic.DefaultRequestHeaders.Add("x-api-key", gateway.Client.DefaultRequestHeaders.Authorization!.Parameter);
        var body = "{\"model\":\"default\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":["
            + "{\"name\":\"f\",\"strict\":true,\"input_schema\":" + Schema + "}]"
            + (stream ? ",\"stream\":true}" : "}");
        using var response = await anthropic.PostAsync("/anthropic/v1/messages", new StringContent(body));
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((422, "error"), ((int)response.StatusCode, error.GetProperty("type").GetString()));
        Assert.Contains("in the arguments of f: /n is a string, but must be an integer",
            error.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(new(21, 0, 0, 9, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }
}
