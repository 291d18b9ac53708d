using System.Text;
using System.Text.Json;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>
/// The bytes have the shapes of https://ai.google.dev/api/generate-content, https://ai.google.dev/gemini-api/docs/function-calling and
/// https://ai.google.dev/gemini-api/docs/thought-signatures.
/// </summary>
public sealed class GeminiChatClientTests
{
    private const string Key = "AIza-secret-0123456789";
    private const string Hello =
        """
        data: {"candidates": [{"content": {"role": "model","parts": [{"text": "Let me see.","thought": true}]}}],"usageMetadata": {"trafficType": "ON_DEMAND"},"modelVersion": "gemini-3.1-flash-lite","responseId": "tTCw"}

        data: {"candidates": [{"content": {"role": "model","parts": [{"text": "Gr\u00fc\u00dfe"}]}}],"usageMetadata": {"promptTokenCount": 11,"candidatesTokenCount": 2,"thoughtsTokenCount": 4,"totalTokenCount": 17},"modelVersion": "gemini-3.1-flash-lite","responseId": "tTCw"}

        data: {"candidates": [{"content": {"role": "model","parts": [{"text": "","thoughtSignature": "AY89a18i"}]},"finishReason": "STOP"}],"usageMetadata": {"promptTokenCount": 11,"candidatesTokenCount": 9,"thoughtsTokenCount": 4,"cachedContentTokenCount": 8,"totalTokenCount": 24},"modelVersion": "gemini-3.1-flash-lite","responseId": "tTCw"}


        """;

    private const string Call =
        """
        {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"schedule_meeting","args":{"attendees":["Bob","Alice"],"time":"10:00"}},"thoughtSignature":"CvwB"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":60,"candidatesTokenCount":20,"totalTokenCount":80},"modelVersion":"gemini-3.5-flash","responseId":"r7"}
        """;

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_stream_is_read_wherever_its_bytes_are_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(Hello);
        var cut = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            c.Response.ContentType = "text/event-stream";
            await c.Response.Body.WriteAsync(bytes.AsMemory(0, cut));
            await c.Response.Body.FlushAsync();
            await c.Response.Body.WriteAsync(bytes.AsMemory(cut));
        });
        var chat = Open(endpoint);
        for (cut = 0; cut <= bytes.Length; cut++)
        {
            var response = await chat.GetStreamingResponseAsync("Hello").ToChatResponseAsync();
            Assert.Equal("Grüße", response.Text);
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            Assert.Equal(new CallUsage(11, 8, 0, 13, 4), CallUsage.Of(response.Usage!));
            Assert.Equal("Let me see.", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(t => t.Text)));
        }
    }

    [Fact]
    public async Task The_key_goes_into_a_header_and_the_question_into_contents()
    {
        string? key = null, path = null;
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            (key, path) = (c.Request.Headers["x-goog-api-key"], c.Request.Path + c.Request.QueryString);
            return FakeEndpoint.SendAsync(c, Hello);
        });
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            Temperature = 0.5f,
            TopK = 3,
            MaxOutputTokens = 20,
            Seed = 7,
            StopSequences = ["END"],
            Reasoning = new() { Effort = ReasoningEffort.Low },
        };
        await Open(endpoint).GetStreamingResponseAsync([new(ChatRole.User,
            [new TextContent("What is it?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")])], options).ToChatResponseAsync();
        Assert.Equal((Key, "/v1/models/gemini-3.5-flash:streamGenerateContent?alt=sse"), (key, path));
        using var sent = JsonDocument.Parse(endpoint.Bodies.Single());
        Assert.Equal(
            """{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"What is it?"},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}],"generationConfig":{"temperature":0.5,"topK":3,"maxOutputTokens":20,"seed":7,"stopSequences":["END"],"thinkingConfig":{"thinkingBudget":1024,"includeThoughts":false}}}""",
            JsonSerializer.Serialize(sent.RootElement));
    }

    [Fact]
    public async Task A_tool_is_called_and_its_result_goes_back_with_the_functions_name_and_the_signature()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendJsonAsync(c, Call));
        var chat = Open(endpoint);
        var messages = new List<ChatMessage> { new(ChatRole.User, "Meet at ten.") };
        var tool = AIFunctionFactory.CreateDeclaration("schedule_meeting", "Schedules.",
            JsonDocument.Parse("""{"type":"object"}""").RootElement);
        var response = await chat.GetResponseAsync(messages,
            new() { Tools = [tool], ToolMode = ChatToolMode.RequireSpecific("schedule_meeting") });
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents, c => c is FunctionCallContent));
        Assert.Equal("10:00", call.Arguments!["time"]!.ToString());

        messages.AddRange(response.Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "booked")]));
        await chat.GetResponseAsync(messages);
        using var first = JsonDocument.Parse(endpoint.Bodies[0]);
        Assert.Equal("""{"mode":"ANY","allowedFunctionNames":["schedule_meeting"]}""",
            JsonSerializer.Serialize(first.RootElement.GetProperty("toolConfig").GetProperty("functionCallingConfig")));
        using var second = JsonDocument.Parse(endpoint.Bodies[1]);
        var contents = second.RootElement.GetProperty("contents");
        Assert.Equal("CvwB", contents[1].GetProperty("parts")[0].GetProperty("thoughtSignature").GetString());
        Assert.Equal("""{"name":"schedule_meeting","response":{"output":"booked"}}""",
            JsonSerializer.Serialize(contents[2].GetProperty("parts")[0].GetProperty("functionResponse")));
    }

    [Fact]
    public async Task What_it_cannot_do_is_named()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, Hello));
        var options = new ChatOptions { AdditionalProperties = new() { ["logit_bias"] = 1 } };
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?", options));
        Assert.Equal("provider.unsupported", failure.Code);
        Assert.Contains("'logit_bias'", failure.Message);
        Assert.Empty(endpoint.Bodies);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}""", "provider.refused")]
    [InlineData(429, """{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}""", "provider.limited")]
    [InlineData(503, """{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", "provider.failed")]
    [InlineData(200, """{"promptFeedback":{"blockReason":"SAFETY"}}""", "provider.filtered")]
    [InlineData(200, """{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}""", "provider.malformed")]
    [InlineData(200, "{\"candidates\":[{\"content\":{\"parts\":[{\"te", "provider.malformed")]
    [InlineData(200, "{}", "provider.malformed")]
    public async Task Failures_have_a_code_and_never_the_key(int status, string body, string code)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            return SendJsonAsync(c, body.Replace("valid.", $"valid: {Key}", StringComparison.Ordinal));
        });
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetResponseAsync("?"));
        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(Key, failure.ToString());
    }

    [Fact]
    public async Task A_stream_that_ends_before_its_finish_is_told()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c,
            Hello[..Hello.LastIndexOf("data:", StringComparison.Ordinal)]));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(endpoint).GetStreamingResponseAsync("?")
            .ToChatResponseAsync());
        Assert.Equal("provider.closed", failure.Code);
    }

    [Fact]
    public async Task Texts_become_embeddings()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => SendJsonAsync(c,
            """{"embeddings":[{"values":[0.5,-1]},{"values":[2,0]}]}"""));
        var vectors = await new GeminiKind().Open(TestConnection.To(endpoint.BaseUrl, _time, Key), "gemini-embedding-001").Embeddings!
            .GenerateAsync(["a", "b"], new() { Dimensions = 2 });
        Assert.Equal([0.5f, -1f], vectors[0].Vector.ToArray());
        using var sent = JsonDocument.Parse(endpoint.Bodies.Single());
        Assert.Equal(
            """{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]},"outputDimensionality":2}""",
            JsonSerializer.Serialize(sent.RootElement.GetProperty("requests")[1]));
    }

    private IChatClient Open(FakeEndpoint endpoint)
        => new GeminiKind().Open(TestConnection.To(endpoint.BaseUrl, _time, Key), "gemini-3.5-flash").Chat;

    private static Task SendJsonAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
