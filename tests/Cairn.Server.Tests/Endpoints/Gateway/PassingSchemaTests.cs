using System.Text.Json;
using Cairn.Models;

namespace Cairn.Server.Tests;

/// <summary>A schema in a body that passes to a provider of the same protocol binds the answer all the same.</summary>
public sealed class PassingSchemaTests
{
    private const string Schema = """{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}""";
    private const string Format = ",\"odd\":[1.0],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
        + Schema + "}}";

    [Fact]
    public async Task A_valid_answer_passes_as_it_came_and_the_provider_got_the_body_as_it_came()
    {
        var reply = Reply("""{\"n\": 1}""");
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(reply));
        using var response = await gateway.ChatAsync(rest: Format);
        Assert.Equal(reply, await response.Content.ReadAsStringAsync());
        Assert.Equal(GatewayServer.Chat(false, "m", Format), gateway.Provider(0).Bodies.Single());
        Assert.Equal(new CallUsage(7, 0, 0, 3, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task An_invalid_answer_is_mended_by_its_model_and_every_try_is_paid()
    {
        var tries = new Queue<string>(["no JSON", """{\"n\":\"one\"}""", """{\"n\":1}"""]);
        await using var gateway = await GatewayServer.StartAsync(exchange => RawProvider.Json(Reply(tries.Dequeue()))(exchange));
        using var response = await gateway.ChatAsync(rest: Format);
        Assert.Equal(Reply("""{\"n\":1}"""), await response.Content.ReadAsStringAsync());
        var last = JsonElement.Parse(gateway.Provider(0).Bodies.Last());
        Assert.Equal(["user", "assistant", "user", "assistant", "user"],
            last.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Contains("/n", last.GetProperty("messages")[4].GetProperty("content").GetString());
        Assert.Equal("[1.0]", last.GetProperty("odd").GetRawText());
        Assert.Equal(new CallUsage(21, 0, 0, 9, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_stays_invalid_never_reaches_the_caller(bool stream)
    {
        await using var gateway = await GatewayServer.StartAsync(exchange => stream
            ? Stream("""{\"m\":""", """2}""")(exchange)
            : RawProvider.Json(Reply("""{\"m\":2}"""))(exchange));
        Assert.Equal((422, "output.invalid"), await GatewayServer.ErrorAsync(await gateway.ChatAsync(stream, rest: Format)));
        Assert.Equal(3, gateway.Provider(0).Bodies.Count);
        Assert.Equal(new CallUsage(21, 0, 0, 9, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_stream_is_held_until_it_is_valid_and_then_comes_as_the_stream_it_was()
    {
        await using var gateway = await GatewayServer.StartAsync(Stream("""{\"n\":""", """1}"""));
        using var response = await gateway.ChatAsync(stream: true, rest: Format);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        // All but the usage that the caller did not ask for.
        Assert.Equal(Chunk("""{\"n\":""") + Chunk("""1}""") + End + "data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("", "data: [DONE]")]
    [InlineData("", "data: [DONE]\r\n")]
    [InlineData(Format, "data: [DONE]")]
    [InlineData(Format, "data: [DONE]\r\n")]
    public async Task A_last_event_without_its_blank_line_reaches_the_caller_held_or_not(string format, string last)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(Chunk("""{\"n\":1}"""), End, last));
        using var response = await gateway.ChatAsync(stream: true, rest: format);
        Assert.Equal(Chunk("""{\"n\":1}""") + End + "data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(Format)]
    public async Task Half_an_event_at_the_end_reaches_nobody_held_or_not(string format)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(Chunk("""{\"n\":1}"""), End, "data: {\"id\":"));
        using var response = await gateway.ChatAsync(stream: true, rest: format);
        Assert.Equal(Chunk("""{\"n\":1}""") + End, await response.Content.ReadAsStringAsync());
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(Format)]
    public async Task A_stream_of_one_event_without_its_blank_line_is_an_answer_held_or_not(string format)
    {
        var only = Chunk("""{\"n\":1}""").Replace("null", "\"stop\"", StringComparison.Ordinal);
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(only.TrimEnd()));
        using var response = await gateway.ChatAsync(stream: true, rest: format);
        Assert.Equal(only, await response.Content.ReadAsStringAsync());
        await gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(Format)]
    public async Task An_error_at_the_end_without_its_blank_line_is_told_without_the_provider_s_event(string format)
    {
        await using var gateway = await GatewayServer.StartAsync(
            RawProvider.Events(Chunk("""{\"n\":1}"""), "data: {\"error\":{\"message\":\"no sk-planted1234\"}}"));
        using var response = await gateway.ChatAsync(stream: true, rest: format);
        var said = await response.Content.ReadAsStringAsync();
        Assert.Contains("provider.failed", said);
        Assert.DoesNotContain("sk-planted1234", said);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_comment_at_the_end_without_its_blank_line_ends_the_stream_well()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Events(Chunk("""{\"n\":1}"""), End, ":"));
        using var response = await gateway.ChatAsync(stream: true);
        Assert.Equal(Chunk("""{\"n\":1}""") + End, await response.Content.ReadAsStringAsync());
        Assert.Null(gateway.Calls.Single().Error);
    }

    [Fact]
    public async Task What_the_token_limit_cut_off_is_told_as_that_and_not_asked_again()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply("""{\"n\":""", "length")));
        Assert.Equal((422, "output.truncated"), await GatewayServer.ErrorAsync(await gateway.ChatAsync(rest: Format)));
        Assert.Single(gateway.Provider(0).Bodies);
    }

    [Fact]
    public async Task A_refusal_and_a_call_of_a_tool_are_no_answers_and_pass()
    {
        const string Refusal = """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"No."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";
        const string Call = """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""";
        var replies = new Queue<string>([Refusal, Call]);
        await using var gateway = await GatewayServer.StartAsync(exchange => RawProvider.Json(replies.Dequeue())(exchange));
        foreach (var expected in new[] { Refusal, Call })
        {
            using var response = await gateway.ChatAsync(rest: Format);
            Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_failure_after_an_invalid_try_leaves_that_try_paid()
    {
        var first = true;
        await using var gateway = await GatewayServer.StartAsync(exchange =>
        {
            var was = first;
            first = false;
            return was ? RawProvider.Json(Reply("no"))(exchange) : RawProvider.Json("{}", 500)(exchange);
        });
        Assert.Equal((503, "provider.failed"), await GatewayServer.ErrorAsync(await gateway.ChatAsync(rest: Format)));
        Assert.Equal(new CallUsage(7, 0, 0, 3, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_failure_after_an_invalid_try_leaves_that_try_paid_where_the_call_is_translated_too()
    {
        var first = true;
        await using var gateway = await GatewayServer.StartAsync(exchange =>
        {
            var was = first;
            first = false;
            return was ? Stream("no")(exchange) : RawProvider.Json("{}", 500)(exchange);
        });
        using var anthropic = new HttpClient { BaseAddress = gateway.Client.BaseAddress };
        anthropic.DefaultRequestHeaders.Add("x-api-key", gateway.Client.DefaultRequestHeaders.Authorization!.Parameter);
        var body = "{\"model\":\"default\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + Schema + "}}}";
        using var response = await anthropic.PostAsync("/anthropic/v1/messages", new StringContent(body));
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(new CallUsage(7, 0, 0, 3, 0), gateway.Ledger.Entries.Single().Settled);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_schema_that_cannot_be_used_is_refused_before_the_provider_is_asked()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply("{}")));
        var format = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"thing\"}}}";
        var (status, code) = await GatewayServer.ErrorAsync(await gateway.ChatAsync(rest: format));
        Assert.Equal(400, status);
        Assert.StartsWith("schema.", code, StringComparison.Ordinal);
        Assert.Empty(gateway.Provider(0).Bodies);
        Assert.All(gateway.Ledger.Entries, e => Assert.True(e.Released));
    }

    [Fact]
    public async Task A_response_s_text_format_is_held_to_its_schema_too()
    {
        var tries = new Queue<string>(["no", """{\"n\":1}"""]);
        await using var gateway = await GatewayServer.StartAsync(GatewayServer.Limits + ", responses: true", "",
            exchange => RawProvider.Json(Response(tries.Dequeue()))(exchange));
        var body = "{\"model\":\"default\",\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":"
            + Schema + "}}}";
        using var response = await gateway.PostAsync("/v1/responses", body);
        Assert.Equal(Response("""{\"n\":1}"""), await response.Content.ReadAsStringAsync());
        var input = JsonElement.Parse(gateway.Provider(0).Bodies.Last()).GetProperty("input");
        Assert.Equal(["hi", "no"], input.EnumerateArray().Take(2).Select(i => i.GetProperty("content").GetString()));
    }

    private const string End = "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private static string Chunk(string text)
        => $"data: {{\"id\":\"c1\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n";

    private static Func<RawExchange, Task> Stream(params string[] pieces)
        => RawProvider.Events([.. pieces.Select(Chunk), End,
            "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n", "data: [DONE]\n\n"]);

    private static string Reply(string content, string finish = "stop")
        => $$$"""{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"{{{content}}}"},"finish_reason":"{{{finish}}}"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";

    private static string Response(string text)
        => $$$"""{"id":"r1","object":"response","status":"completed","incomplete_details":null,"output":[{"type":"reasoning","summary":[]},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"{{{text}}}"}]}],"usage":{"input_tokens":7,"output_tokens":3}}""";
}
