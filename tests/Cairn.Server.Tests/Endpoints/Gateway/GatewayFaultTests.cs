using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cairn.Models;

namespace Cairn.Server.Tests;

/// <summary>
/// What goes wrong at a provider or a caller, over real sockets: a well-formed error in the caller's protocol, right accounting, nothing
/// left behind.
/// </summary>
public sealed class GatewayFaultTests
{
    private const string Reply = """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""";
    private const string First =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    private const string Word =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n";
    private const string End =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static readonly Dictionary<string, Func<RawExchange, Task>> Faults = new(StringComparer.Ordinal)
    {
        ["closes at once"] = exchange =>
        {
            exchange.Closes = true;
            return Task.CompletedTask;
        },
        ["invalid JSON"] = exchange => exchange.Streams
            ? RawProvider.Events("data: \n\n")(exchange)
            : RawProvider.Json("{\"id\":")(exchange),
        ["HTML 502"] = exchange => exchange.SendAsync(
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"),
        ["HTML 200"] = exchange => exchange.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"),
        ["wrong content type"] = exchange => exchange.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\u0001\u0002\u0003\u0004"),
        ["429"] = RawProvider.Json("""{"error":{"message":"slow down"}}""", 429),
        ["429 with a time"] = RawProvider.Json("""{"error":{"message":"slow down"}}""", 429, "Retry-After: 7\r\n"),
        ["529"] = RawProvider.Json("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", 529),
        ["500"] = RawProvider.Json("""{"error":{"message":"oh sk-abcdef123456"}}""", 500),
        ["401"] = RawProvider.Json("""{"error":{"message":"Incorrect API key provided: sk-abcdef123456"}}""", 401),
        ["400"] = RawProvider.Json("""{"error":{"message":"'temperature' is too hot"}}""", 400),
        ["half a body"] = exchange =>
        {
            exchange.Closes = true;
            return exchange.Streams
                ? exchange.SendAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n8\r\ndata: {\"\r\n")
                : exchange.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Reply.Length}\r\n\r\n{Reply[..20]}");
        },
    };

    public static TheoryData<string, string, int> FaultCodes => new()
    {
        { "closes at once", "provider.closed", 503 },
        { "invalid JSON", "provider.malformed", 503 },
        { "HTML 502", "provider.html", 503 },
        { "HTML 200", "provider.html", 503 },
        { "wrong content type", "provider.malformed", 503 },
        { "429", "provider.limited", 429 },
        { "429 with a time", "provider.limited", 429 },
        { "529", "provider.overloaded", 503 },
        { "500", "provider.failed", 503 },
        { "401", "provider.key", 503 },
        { "400", "provider.refused", 400 },
        { "half a body", "provider.closed", 503 },
    };

    [Theory, MemberData(nameof(FaultCodes))]
    public async Task A_provider_s_fault_before_the_first_byte_is_an_error_of_the_caller_s_protocol(string fault, string code, int status)
    {
        await using var gateway = await GatewayServer.StartAsync(Faults[fault]);
        foreach (var stream in new[] { false, true })
        {
            // The stream of the fault "invalid JSON" is an event that holds nothing: an end without an answer.
            var expected = stream && fault == "invalid JSON" ? "provider.closed" : code;
            using var response = await gateway.ChatAsync(stream);
            Assert.Equal((status, expected), await GatewayServer.ErrorAsync(response));
            // Until then the model is left alone.
            if (fault == "429 with a time")
                break;
        }
        Assert.DoesNotContain("abcdef", string.Join(' ', gateway.Calls.Select(c => c.Error)));
        await gateway.NothingIsLeftAsync();
    }

    [Theory, MemberData(nameof(FaultCodes))]
    public async Task The_next_model_of_a_route_answers_instead(string fault, string code, int status)
    {
        Assert.True(status >= 400);
        await using var gateway = await GatewayServer.StartAsync(Faults[fault],
            exchange => exchange.Streams ? RawProvider.Events(First, Word, End)(exchange) : RawProvider.Json(Reply)(exchange));

        using var response = await gateway.ChatAsync();
        if (fault == "400")
        {
            // The request itself is wrong: nobody else is asked.
            Assert.Equal((400, code), await GatewayServer.ErrorAsync(response));
            return;
        }
        Assert.Equal(Reply, await response.Content.ReadAsStringAsync());
        using var streamed = await gateway.ChatAsync(stream: true);
        Assert.Equal(First + Word + End, await streamed.Content.ReadAsStringAsync());
        await gateway.NothingIsLeftAsync();
        Assert.Equal([code, null], gateway.Calls.First().Attempts.Select(a => a.Error));
        Assert.Equal(new CallUsage(7, 0, 0, 3, 0),
            gateway.Ledger.Entries.Single(e => e.Model.Provider == "b" && e.Settled?.Output == 3).Settled);
    }

    [Fact]
    public async Task A_provider_that_refuses_connections_is_unreachable_and_costs_nothing()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        gateway.Provider(0).StopListening();
        Assert.Equal((503, "provider.unreachable"), await GatewayServer.ErrorAsync(await gateway.ChatAsync()));
        Assert.True(gateway.Ledger.Entries.Single().Released);
    }

    [Fact]
    public async Task A_provider_that_hangs_before_its_headers_is_given_up_and_left()
    {
        await using var gateway = await GatewayServer.StartAsync(
            "limits: { connect: 2s, firstToken: 200ms, betweenTokens: 200ms, total: 300ms }", "", e => e.HangAsync());
        foreach (var stream in new[] { false, true })
            Assert.Equal((503, "provider.timeout"), await GatewayServer.ErrorAsync(await gateway.ChatAsync(stream)));
        await gateway.NothingIsLeftAsync();
        // It may have run, and nothing told how far: all that was set aside is booked.
        Assert.All(gateway.Ledger.Entries, e => Assert.Equal(e.Most, e.Settled));
        Assert.All(gateway.Ledger.Entries, e => Assert.True(e.Most.Output > 0));
    }

    [Theory]
    [InlineData("hangs", "provider.timeout")]
    [InlineData("closes", "provider.closed")]
    [InlineData("ends", "provider.closed")]
    [InlineData("reports", "provider.failed")]
    public async Task A_stream_that_breaks_off_ends_with_an_error_event_and_only_whole_events_before(string how, string code)
    {
        await using var gateway = await GatewayServer.StartAsync(
            "limits: { connect: 2s, firstToken: 20s, betweenTokens: 300ms, total: 40s }", "", async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(First + Word);
            if (how == "reports")
                await exchange.ChunkAsync("data: {\"error\":{\"message\":\"the model fell over\",\"type\":\"server_error\"}}\n\n");
            else
                await exchange.ChunkAsync("data: {\"id\":\"c1\",\"choi");
            if (how == "hangs")
                await exchange.HangAsync();
            exchange.Closes = true;
            if (how is "ends" or "reports")
                await exchange.EndAsync();
        }, RawProvider.Json(Reply));

        using var response = await gateway.ChatAsync(stream: true);
        var text = await response.Content.ReadAsStringAsync();

        Assert.StartsWith(First + Word, text);
        var last = text[(First + Word).Length..].Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(last, e => Assert.StartsWith("data: {", e));
        using var error = JsonDocument.Parse(last[^1]["data: ".Length..]);
        Assert.Equal(JsonValueKind.Object, error.RootElement.GetProperty("error").ValueKind);
        Assert.DoesNotContain("[DONE]", text);
        await gateway.NothingIsLeftAsync();
        await GatewayServer.UntilAsync(() => !gateway.Calls.IsEmpty);
        Assert.Equal([code], gateway.Calls.Single().Attempts.Select(a => a.Error));
        Assert.InRange(gateway.Ledger.Entries.Single().Settled!.Value.Output, 1, 200);
    }

    [Fact]
    public async Task A_reply_of_100_MB_passes_without_being_held()
    {
        const int Size = 100 << 20;
        var filler = new string('x', 1 << 20);
        await using var gateway = await GatewayServer.StartAsync(async exchange =>
        {
            const string Head = "{\"id\":\"c1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"";
            const string Tail = "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9}}";
            await exchange.SendAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Head.Length + Size + Tail.Length}\r\n\r\n{Head}");
            for (var i = 0; i < Size / filler.Length; i++)
                await exchange.SendAsync(filler);
            await exchange.SendAsync(Tail);
        });

        using var response = await gateway.ChatAsync();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var (buffer, total) = (new byte[1 << 16], 0L);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            total += read;

        Assert.True(total > Size);
        await gateway.NothingIsLeftAsync();
        Assert.Equal(new CallUsage(7, 0, 0, 9, 0), gateway.Ledger.Entries.Single().Settled);
    }

    [Theory]
    [InlineData("{\"model\":\"default\",", 400, "request.invalid")]
    [InlineData("[]", 400, "request.invalid")]
    [InlineData("{\"messages\":[]}", 400, "request.model")]
    [InlineData("{\"model\":\"default\",\"mod\\u0065l\":\"a/m\"}", 400, "request.duplicate")]
    [InlineData("{\"model\":\"default\",\"max_tokens\":100,\"max_output_tokens\":9223372036854000000,\"n\":2}", 400, "request.invalid")]
    [InlineData("{\"model\":\"default\",\"max_completion_tokens\":10000001}", 400, "request.invalid")]
    [InlineData("{\"model\":\"default\",\"n\":129}", 400, "request.invalid")]
    [InlineData("{\"model\":\"default\",\"n\":0}", 400, "request.invalid")]
    [InlineData("{\"model\":\"defualt\",\"messages\":[]}", 404, "model.unknown")]
    [InlineData("{\"model\":\"app/nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", 404, "app.unknown")]
    public async Task A_caller_s_wrong_body_is_said_and_reaches_nobody(string body, int status, string code)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        Assert.Equal((status, code), await GatewayServer.ErrorAsync(await gateway.PostAsync("/v1/chat/completions", body)));
        Assert.Empty(gateway.Provider(0).Bodies);
        Assert.Empty(gateway.Ledger.Entries);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/anthropic/v1/messages")]
    public async Task A_bad_key_and_no_key_are_told_in_the_caller_s_protocol(string path)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        using var other = new HttpClient { BaseAddress = gateway.Client.BaseAddress };
        foreach (var key in new[] { "Bearer cairn_wrong", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(GatewayServer.Message(false)) };
            request.Headers.TryAddWithoutValidation("Authorization", key);
            using var response = await other.SendAsync(request);
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("authentication_error", json.RootElement.GetProperty("error").GetProperty("type").GetString());
            var message = json.RootElement.GetProperty("error").GetProperty("message").GetString();
            Assert.Contains("cairn key create", message, StringComparison.Ordinal);
            Assert.DoesNotContain("sign-in link", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions", 429, 429)]
    [InlineData("/v1/responses", 529, 503)]
    [InlineData("/v1/embeddings", 401, 503)]
    [InlineData("/anthropic/v1/messages", 529, 529)]
    [InlineData("/anthropic/v1/messages", 400, 400)]
    public async Task An_error_names_the_trace_of_its_call(string path, int provider, int status)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json("""{"error":{"message":"no"}}""", provider));
        var body = path is "/v1/responses" or "/v1/embeddings" ? """{"model":"default","input":"hi"}""" : GatewayServer.Message(false);
        using var response = await gateway.PostAsync(path, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal([gateway.Calls.Single().Trace.ToHexString()], response.Headers.GetValues(GatewayEndpoint.TraceHeader));
    }

    [Fact]
    public async Task A_body_that_is_no_call_is_on_record_and_its_error_names_the_trace()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        using var response = await gateway.PostAsync("/v1/chat/completions", "{");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal([gateway.Calls.Single().Trace.ToHexString()], response.Headers.GetValues(GatewayEndpoint.TraceHeader));
    }

    [Theory]
    [InlineData("/v1/completions", "Did you mean /v1/chat/completions?")]
    [InlineData("/chat/completions", "Did you mean /v1/chat/completions?")]
    [InlineData("/embeddings", "Did you mean /v1/embeddings?")]
    [InlineData("/v1/messages", "Did you mean /anthropic/v1/messages?")]
    public async Task An_address_that_is_nearly_right_names_the_right_one_in_the_caller_s_protocol(string path, string hint)
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        using var response = await gateway.PostAsync(path, GatewayServer.Message(false));
        Assert.Equal((404, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        Assert.Equal("not_found_error", error.GetProperty("type").GetString());
        Assert.Contains(hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.Calls);
    }

    [Fact]
    public async Task A_spent_budget_is_402_and_asks_nobody()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply), RawProvider.Json(Reply));
        gateway.Ledger.Spent = true;
        Assert.Equal((402, "budget.spent"), await GatewayServer.ErrorAsync(await gateway.ChatAsync()));
        Assert.Empty(gateway.Provider(0).Bodies);
    }

    [Fact]
    public async Task A_prompt_of_10_MB_goes_through_and_one_over_the_limit_is_413()
    {
        await using var gateway = await GatewayServer.StartAsync(RawProvider.Json(Reply));
        var prompt = $"{{\"messages\":[{{\"role\":\"user\",\"content\":\"{new string('y', 10 << 20)}\"}}],\"model\":\"default\"}}";
        using var response = await gateway.PostAsync("/v1/chat/completions", prompt);
        Assert.Equal(Reply, await response.Content.ReadAsStringAsync());
        Assert.Equal(prompt.Length - "default".Length + 1, gateway.Provider(0).Bodies.Single().Length);
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{}") };
        large.Content.Headers.ContentLength = 64 << 20;
        using var socket = new TcpClient("127.0.0.1", gateway.Client.BaseAddress!.Port);
        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: {gateway.Client.DefaultRequestHeaders.Authorization}\r\nContent-Length: {64 << 20}\r\n\r\n{{"));
        using var reader = new StreamReader(socket.GetStream());
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_caller_who_leaves_mid_stream_ends_the_call_at_the_provider_and_pays_for_what_was_sent()
    {
        await using var gateway = await GatewayServer.StartAsync(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(First + Word + Word + Word);
            await exchange.HangAsync();
        });
        using (var leaving = new CancellationTokenSource())
        {
            using var response = await gateway.ChatAsync(stream: true, cancellationToken: leaving.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(leaving.Token);
            await stream.ReadAtLeastAsync(new byte[4096], First.Length, cancellationToken: leaving.Token);
            await leaving.CancelAsync();
        }
        await gateway.NothingIsLeftAsync();
        await GatewayServer.UntilAsync(() => !gateway.Calls.IsEmpty);
        var attempt = gateway.Calls.Single().Attempts.Single();
        Assert.Equal(("cancelled", true, "cancelled"), (attempt.Error, attempt.UsageEstimated, gateway.Calls.Single().Error));
        Assert.InRange(gateway.Ledger.Entries.Single().Settled!.Value.Output, 3, 200);
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_headers_ends_the_call_at_the_provider()
    {
        await using var gateway = await GatewayServer.StartAsync(e => e.HangAsync());
        using var leaving = new CancellationTokenSource();
        var call = gateway.ChatAsync(cancellationToken: leaving.Token);
        await GatewayServer.UntilAsync(() => gateway.Provider(0).InFlight == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Two_thousand_streams_at_once_all_arrive_whole()
    {
        const int Streams = 2000;
        var (all, waiting) = (new TaskCompletionSource(), 0);
        await using var gateway = await GatewayServer.StartAsync(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(First);
            if (Interlocked.Increment(ref waiting) == Streams)
                all.SetResult();
            await all.Task;
            await exchange.ChunkAsync(Word + End);
            await exchange.EndAsync();
        });
        var texts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async _ =>
        {
            using var response = await gateway.ChatAsync(stream: true);
            return await response.Content.ReadAsStringAsync();
        }));
        Assert.All(texts, t => Assert.Equal(First + Word + End, t));
        await gateway.NothingIsLeftAsync();
        Assert.Equal(Streams, gateway.Ledger.Entries.Count(e => e.Settled is not null));
    }
}
