using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>Events have the shapes of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html.</summary>
public sealed class BedrockChatClientTests
{
    private const string Model = "anthropic.claude-3-5-sonnet-20240620-v1:0";

    private static readonly byte[] Weather =
    [
        .. Event("messageStart", """{"p":"abc","role":"assistant"}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm."}},"p":"a"}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"EqoB"}}}"""),
        .. Event("contentBlockStop", """{"contentBlockIndex":0}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"text":"I look "}}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"text":"it üp."}}"""),
        .. Event("contentBlockStop", """{"contentBlockIndex":1}"""),
        .. Event("contentBlockStart", """{"contentBlockIndex":2,"start":{"toolUse":{"name":"weather","toolUseId":"tooluse_kZJM"}}}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"city\": "}}}"""),
        .. Event("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"\"Kiel\"}"}}}"""),
        .. Event("contentBlockStop", """{"contentBlockIndex":2}"""),
        .. Event("messageStop", """{"stopReason":"tool_use"}"""),
        .. Event("metadata", """{"metrics":{"latencyMs":1},"usage":{"inputTokens":30,"outputTokens":12,"totalTokens":142,"cacheReadInputTokens":80,"cacheWriteInputTokens":20}}"""),
    ];

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_stream_is_read_wherever_its_bytes_are_cut()
    {
        var cut = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            c.Response.ContentType = "application/vnd.amazon.eventstream";
            await c.Response.Body.WriteAsync(Weather.AsMemory(0, cut));
            await c.Response.Body.FlushAsync();
            await c.Response.Body.WriteAsync(Weather.AsMemory(cut));
        });
        var chat = Open(endpoint);
        for (cut = 0; cut <= Weather.Length; cut++)
        {
            var response = await chat.GetResponseAsync("Weather?");
            Assert.Equal("I look it üp.", response.Text);
            Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
            Assert.Equal(new CallUsage(130, 80, 20, 12, 0), CallUsage.Of(response.Usage!));
            var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
            Assert.Equal(("tooluse_kZJM", "weather", "Kiel"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        }
    }

    [Fact]
    public async Task A_conversation_with_tools_is_written_as_converse_wants_it_and_signed()
    {
        string? path = null;
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            path = c.Request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            return SendAsync(c, Weather);
        });
        var tool = AIFunctionFactory.CreateDeclaration("weather", "Tells it.", JsonDocument.Parse("""{"type":"object"}""").RootElement);
        List<ChatMessage> messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "EqoB" },
                new FunctionCallContent("t1", "weather", new Dictionary<string, object?> { ["city"] = "Kiel" })]),
            new(ChatRole.Tool, [new FunctionResultContent("t1", "rain")]),
            new(ChatRole.User, "And now?"),
        ];
        await Open(endpoint).GetResponseAsync(messages, new() { Tools = [tool], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 50 });
        Assert.Equal("/v1/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse-stream", path);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", endpoint.Authorizations.Single(), StringComparison.Ordinal);
        Assert.Equal(
            """{"system":[{"text":"Be brief."}],"messages":[{"role":"user","content":[{"text":"Weather?"}]},{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"EqoB"}}},{"toolUse":{"toolUseId":"t1","name":"weather","input":{"city":"Kiel"}}}]},{"role":"user","content":[{"toolResult":{"toolUseId":"t1","content":[{"text":"rain"}]}},{"text":"And now?"}]}],"inferenceConfig":{"maxTokens":50},"toolConfig":{"tools":[{"toolSpec":{"name":"weather","description":"Tells it.","inputSchema":{"json":{"type":"object"}}}}],"toolChoice":{"any":{}}}}""",
            endpoint.Bodies.Single());
    }

    [Theory]
    [InlineData("throttlingException", "provider.limited")]
    [InlineData("serviceUnavailableException", "provider.overloaded")]
    [InlineData("modelStreamErrorException", "provider.failed")]
    [InlineData("validationException", "provider.refused")]
    public async Task An_exception_in_the_stream_is_told(string exception, string code)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c,
            [.. Event("messageStart", "{}"),
                .. Message((":message-type", "exception"), (":exception-type", exception), "{\"message\":\"Too much.\"}")]));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?"));
        Assert.Equal(code, failure.Code);
        Assert.Contains("Too much.", failure.Message);
    }

    [Fact]
    public async Task Arguments_that_are_cut_off_are_told_as_such()
    {
        byte[] stream =
        [
            .. Event("contentBlockStart", """{"contentBlockIndex":0,"start":{"toolUse":{"name":"weather","toolUseId":"t"}}}"""),
            .. Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{\"city\": \"Ki"}}}"""),
            .. Event("contentBlockStop", """{"contentBlockIndex":0}"""),
            .. Event("messageStop", """{"stopReason":"max_tokens"}"""),
        ];
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c, stream));
        var response = await Open(endpoint).GetResponseAsync("?");
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.NotNull(Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Exception);
    }

    [Fact]
    public async Task A_stream_that_ends_early_or_is_none_is_told()
    {
        var body = Weather[..200];
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c, body));
        Assert.Equal("provider.closed",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?"))).Code);
        body = Encoding.UTF8.GetBytes("{\"output\":{\"message\":{}}}");
        Assert.Equal("provider.malformed",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?"))).Code);
    }

    [Fact]
    public async Task What_it_cannot_do_is_named()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendAsync(c, Weather));
        foreach (var (options, name) in new[]
        {
            (new ChatOptions { Seed = 1 }, "seed"),
            (new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, "response_format"),
            (new ChatOptions { AdditionalProperties = new() { ["logprobs"] = true } }, "logprobs"),
        })
        {
            var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?", options));
            Assert.Contains($"'{name}'", failure.Message);
        }
        Assert.Empty(endpoint.Bodies);
    }

    private IChatClient Open(FakeEndpoint endpoint)
        => new BedrockKind().Open(TestConnection.To(endpoint.BaseUrl, _time, null, ("region", "us-east-1"), ("accessKey", "AKIDEXAMPLE"),
            ("secretKey", "wJalrXUtnFEMI/secret")), Model).Chat;

    private static async Task SendAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentType = "application/vnd.amazon.eventstream";
        await context.Response.Body.WriteAsync(bytes);
    }

    private static byte[] Event(string type, string payload) => Message((":message-type", "event"), (":event-type", type), payload);

    private static byte[] Message((string Name, string Value) first, (string Name, string Value) second, string payload)
    {
        byte[] headers = [.. Header(first), .. Header(second), .. Header((":content-type", "application/json"))];
        var body = Encoding.UTF8.GetBytes(payload);
        var total = 16 + headers.Length + body.Length;
        var message = new byte[total];
        BinaryPrimitives.WriteInt32BigEndian(message, total);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.Of(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        body.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(total - 4), Crc32.Of(message.AsSpan(0, total - 4)));
        return message;
    }

    private static byte[] Header((string Name, string Value) header)
        =>
        [
            (byte)header.Name.Length, .. Encoding.UTF8.GetBytes(header.Name), 7, 0, (byte)header.Value.Length,
            .. Encoding.UTF8.GetBytes(header.Value),
        ];
}
