using System.Text;
using Cairn.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>
/// Streams in the published formats, read over a real socket. Each file's first line names the page that describes its format; its contents
/// are our own.
/// </summary>
public sealed class AdapterFixtureTests
{
    private readonly ManualTime _time = new();

    public static TheoryData<string, string> Fixtures => new()
    {
        { "openai-text", "'Four dàys.'; stop; 19(8,0)+10(4)" },
        { "openai-tools", "call_a berth {\"length\":180}; call_b tide {}; tool_calls; 19(8,0)+10(4)" },
        { "openai-logprobs", "'Yes.'; stop; 0(0,0)+0(0)" },
        { "openai-refusal", "refuses 'I cannot '; refuses 'say.'; stop; 0(0,0)+0(0)" },
        { "openai-filtered", "'Four'; content_filter; 19(8,0)+10(4)" },
        { "openai-truncated-call", "call_a berth {\"length\":1 broken; length; 19(8,0)+10(4)" },
        { "openai-duplicate-ids", "call_x berth {}; call_x_2 tide {}; tool_calls; 0(0,0)+0(0)" },
        { "openai-no-index", "call_1 berth {\"length\":180}; tool_calls; 0(0,0)+0(0)" },
        { "openai-running-usage", "'Four days.'; stop; 19(0,0)+3(0)" },
        { "deepseek-reasoning", "thinks 'Hm, ships.'; 'Four.'; stop; 19(8,0)+10(4)" },
        { "mistral-reasoning", "thinks 'Hm.'; 'Four.'; stop; 0(0,0)+0(0)" },
        { "anthropic-text", "'Four dàys.'; stop; 24(8,5)+10(0)" },
        { "anthropic-tools", "'I look.'; toolu_a berth {\"length\":180}; toolu_b tide {}; tool_calls; 24(8,5)+10(0)" },
        { "anthropic-thinking", "thinks 'Hm, ships.' sealed c2lnbmF0dXJl; thinks '' sealed b3BhcXVl; 'Four.'; stop; 24(8,5)+10(0)" },
        { "anthropic-stop-sequence", "'Four'; stop; 24(8,5)+10(0)" },
        { "anthropic-refusal", "'Fo'; content_filter; 24(8,5)+10(0)" },
        { "anthropic-truncated-call", "toolu_a berth {\"length\":1 broken; length; 24(8,5)+10(0)" },
    };

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task A_stream_is_read_whole(string fixture, string expected)
    {
        var bytes = Bytes(fixture);
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, Encoding.UTF8.GetString(bytes)));
        Assert.Equal(expected, ReplySummary.Of(await Open(fixture, endpoint).GetResponseAsync("x")));
    }

    // Some seconds in all: a request per byte of each of two streams, one per protocol; the parser of events is cut at every byte in its
    // own test.
    [Theory]
    [InlineData("openai-tools")]
    [InlineData("anthropic-thinking")]
    public async Task A_stream_reads_the_same_wherever_the_socket_cuts_it(string fixture)
    {
        var bytes = Bytes(fixture);
        var cut = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(async c =>
        {
            c.Response.ContentType = "text/event-stream";
            await c.Response.Body.WriteAsync(bytes.AsMemory(0, cut));
            await c.Response.Body.FlushAsync();
            await c.Response.Body.WriteAsync(bytes.AsMemory(cut));
        });
        using var client = Open(fixture, endpoint);
        var whole = ReplySummary.Of(await client.GetResponseAsync("x"));
        for (cut = 1; cut < bytes.Length; cut++)
            Assert.Equal(whole, ReplySummary.Of(await client.GetResponseAsync("x")));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task A_stream_that_ends_before_the_model_says_why_is_a_failure(string fixture, string expected)
    {
        var text = Encoding.UTF8.GetString(Bytes(fixture));
        var end = Math.Max(text.IndexOf("\"finish_reason\":\"", StringComparison.Ordinal),
            text.IndexOf("\"stop_reason\": \"", StringComparison.Ordinal));
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c, text[..end]));
        var failure = await Assert.ThrowsAsync<ProviderFailureException>(() => Open(fixture, endpoint).GetResponseAsync("x"));
        Assert.True(failure.Code is "provider.closed", expected + ": " + failure.Code);
    }

    [Fact]
    public async Task Log_probabilities_of_all_chunks_are_kept()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(c => FakeEndpoint.SendAsync(c,
            Encoding.UTF8.GetString(Bytes("openai-logprobs"))));
        var response = await Open("openai", endpoint).GetResponseAsync("x");
        Assert.Equal(["Yes", "."],
            ((System.Text.Json.JsonElement)response.AdditionalProperties![CallParameters.Logprobs]!).Items("content")
                .Select(t => t.Text("token")!));
    }

    private IChatClient Open(string fixture, FakeEndpoint endpoint)
    {
        IProviderKind kind = fixture.StartsWith("anthropic", StringComparison.Ordinal) ? new AnthropicKind() : new OpenAiKind();
        return kind.Open(Connections.To(endpoint.BaseUrl, _time, "k"), "m").Chat;
    }

    private static byte[] Bytes(string fixture)
        => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Providers", "Fixtures", fixture + ".sse"));
}
