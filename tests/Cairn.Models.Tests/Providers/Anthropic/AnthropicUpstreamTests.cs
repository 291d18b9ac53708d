using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class AnthropicUpstreamTests
{
    private const string Answer = """{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"Hi."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}}""";

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(WireProtocol.AnthropicMessages, "/v1/messages")]
    [InlineData(WireProtocol.AnthropicCountTokens, "/v1/messages/count_tokens")]
    public async Task A_body_passes_through_with_key_and_version(WireProtocol protocol, string path)
    {
        var seen = "";
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            seen = $"{c.Request.Path} {c.Request.Headers["x-api-key"]} {c.Request.Headers["anthropic-version"]} {c.Request.Headers["anthropic-beta"]}";
            return Whole(c, """{"input_tokens":7}""");
        });
        var body = new ByteArrayContent("""{"model":"m","cache_control":{"type":"ephemeral"}}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("anthropic-beta", "files-api-2025-04-14");
        using var response = await Open(endpoint).SendAsync(protocol, body, CancellationToken.None);
        Assert.Equal($"{path} secret 2023-06-01 files-api-2025-04-14", seen);
        Assert.Equal("""{"model":"m","cache_control":{"type":"ephemeral"}}""", endpoint.Bodies.Single());
        Assert.Equal("""{"input_tokens":7}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_caller_s_version_wins()
    {
        var seen = "";
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            seen = c.Request.Headers["anthropic-version"].ToString();
            return Whole(c, "{}");
        });
        var body = new ByteArrayContent([]);
        body.Headers.TryAddWithoutValidation("anthropic-version", "2024-01-01");
        using var response = await Open(endpoint).SendAsync(WireProtocol.AnthropicMessages, body, CancellationToken.None);
        Assert.Equal("2024-01-01", seen);
    }

    [Theory]
    [InlineData(null, "https://api.anthropic.com/v1")]
    [InlineData("https://proxy.test/anthropic", "https://proxy.test/anthropic/v1")]
    [InlineData("https://proxy.test/v1/", "https://proxy.test/v1/")]
    public void The_address_may_leave_v1_to_be_added(string? declared, string expected)
        => Assert.Equal(expected,
            new AnthropicKind().AddressOf(new ProviderConnection { Provider = "p", BaseUrl = declared, Http = _ => null! })!.AbsoluteUri);

    [Fact]
    public void A_whole_conversation_is_sent_as_anthropic_takes_it()
    {
        var call = Wire.Read(WireProtocol.OpenAiChat, """
            {"model":"m","max_completion_tokens":9000,"reasoning_effort":"low","stop":["END"],"user":"ann","parallel_tool_calls":false,
             "tools":[{"type":"function","function":{"name":"berth","description":"d","parameters":{"type":"object"},"strict":true},"cache_control":{"type":"ephemeral"}}],"tool_choice":"required",
             "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"},"strict":true}},
             "messages":[{"role":"system","content":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}]},
              {"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}},{"type":"image_url","image_url":{"url":"https://x.test/a.jpg"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}]},
              {"role":"assistant","content":"","reasoning_content":"unsigned","tool_calls":[{"id":"c1","type":"function","function":{"name":"berth","arguments":"{\"length\":180}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"four"},{"role":"user","content":"And?"}]}
            """);
        var sent = JsonElement.Parse(AnthropicBody.Write("p/m", "m", 4096, call.Messages, call.Options));
        Assert.Equal("""[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}]""",
            sent.GetProperty("system").GetRawText());
        Assert.Equal(["user", "assistant", "user"], sent.Items("messages").Select(m => m.Text("role")!));
        Assert.Equal(["text", "image base64", "image url", "document base64"],
            sent.GetProperty("messages")[0].Items("content")
                .Select(c => string.Join(' ', new[] { c.Text("type"), c.Child("source")?.Text("type") }.OfType<string>())));
        Assert.Equal("""[{"type":"tool_use","id":"c1","name":"berth","input":{"length":180}}]""",
            sent.GetProperty("messages")[1].GetProperty("content").GetRawText());
        Assert.Equal("""[{"type":"tool_result","tool_use_id":"c1","content":"four"},{"type":"text","text":"And?"}]""",
            sent.GetProperty("messages")[2].GetProperty("content").GetRawText());
        Assert.Equal(
            """[{"name":"berth","description":"d","input_schema":{"type":"object"},"strict":true,"cache_control":{"type":"ephemeral"}}]""",
            sent.GetProperty("tools").GetRawText());
        Assert.Equal("""{"type":"any","disable_parallel_tool_use":true}""", sent.GetProperty("tool_choice").GetRawText());
        Assert.Equal("""{"type":"enabled","budget_tokens":1024}""", sent.GetProperty("thinking").GetRawText());
        Assert.Equal("""{"format":{"type":"json_schema","schema":{"type":"object"}}}""", sent.GetProperty("output_config").GetRawText());
        Assert.Equal(("""{"user_id":"ann"}""", 9000),
            (sent.GetProperty("metadata").GetRawText(), sent.GetProperty("max_tokens").GetInt32()));
    }

    [Fact]
    public void A_signature_goes_back_as_it_came()
    {
        var call = Wire.Read(WireProtocol.AnthropicMessages, """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"b3Bh"},{"type":"text","text":"y"}]},{"role":"user","content":"z"}]}
            """);
        var sent = JsonElement.Parse(AnthropicBody.Write("p/m", "m", 4096, call.Messages, call.Options));
        Assert.Equal(
            """[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"b3Bh"},{"type":"text","text":"y"}]""", sent.GetProperty("messages")[1].GetProperty("content").GetRawText());
    }

    [Theory]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"seed\":1", "seed")]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"presence_penalty\":1", "presence_penalty")]
    [InlineData("\"logit_bias\":{\"1\":2}", "logit_bias")]
    [InlineData("\"temperature\":1.5", "temperature")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", "response_format")]
    [InlineData("\"made_up\":1", "made_up")]
    public async Task What_it_cannot_do_is_named_and_nothing_is_sent(string parameter, string name)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => Whole(c, Answer));
        var call = Wire.Read(WireProtocol.OpenAiChat, $$"""{"model":"m","messages":[{"role":"user","content":"x"}],{{parameter}}}""");
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).Chat
            .GetResponseAsync(call.Messages, call.Options));
        Assert.Equal(("provider.unsupported", ErrorKind.Input, RetryScope.Elsewhere), (failure.Code, failure.Kind, failure.Retry));
        Assert.Contains($"'{name}'", failure.Message);
        Assert.Empty(endpoint.Bodies);
    }

    [Fact]
    public async Task Audio_is_refused_by_its_type()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => Whole(c, Answer));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).Chat
            .GetResponseAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])]));
        Assert.Contains("audio/wav", failure.Message);
    }

    [Fact]
    public async Task An_answer_that_is_not_streamed_is_understood()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => Whole(c, Answer));
        Assert.Equal("'Hi.'; stop; 3(0,0)+2(0)", ReplySummary.Of(await Open(endpoint).Chat.GetResponseAsync("x")));
    }

    [Theory]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "provider.overloaded",
        RetryScope.Again)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens"}}""", "provider.refused",
        RetryScope.Nowhere)]
    [InlineData(401, """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}""", "provider.key",
        RetryScope.Elsewhere)]
    [InlineData(200, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
        "provider.overloaded", RetryScope.Again)]
    public async Task A_failure_says_where_another_try_makes_sense(int status, string body, string code, RetryScope retry)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            c.Response.ContentType = status == 200 ? "text/event-stream" : "application/json";
            return c.Response.WriteAsync(body);
        });
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).Chat.GetResponseAsync("x"));
        Assert.Equal((code, retry), (failure.Code, failure.Retry));
    }

    [Fact]
    public async Task Pings_alone_are_no_answer()
    {
        var sent = new TaskCompletionSource();
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            await FakeEndpoint.SendAsync(c,
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n");
            sent.SetResult();
            await FakeEndpoint.HangAsync(c);
        });
        var asking = Open(endpoint).Chat.GetResponseAsync("x");
        await sent.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("provider.timeout", (await Assert.ThrowsAsync<ProviderFailureException>(() => asking)).Code);
    }

    private IUpstream Open(FakeEndpoint endpoint) => new AnthropicKind().Open(Connections.To(endpoint.BaseUrl, _time, "secret"), "m");

    private static Task Whole(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
